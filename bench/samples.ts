import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BenchImage } from './peers.ts';

const home = resolve(import.meta.dirname, '..', '.cache', 'bench', 'samples');

/** A file tree with packages, made by the ecosystem's own client. False: the client is not there or cannot reach its registry. */
interface Sample {
	readonly name: string;
	fill(root: string, work: string): boolean;
}

const osRelease = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n';

const samples: readonly Sample[] = [
	{
		name: 'npm',
		fill: (root) =>
			run('npm', [
				'install',
				'--prefix',
				made(root, 'app'),
				'--no-audit',
				'--no-fund',
				'--silent',
				'express@4.21.1',
				'esbuild@0.24.0',
				'@nestjs/core@10.4.8',
			]),
	},
	{ name: 'yarn-pnp', fill: plugAndPlay },
	{
		name: 'pypi',
		fill: (root) =>
			run('python3', [
				'-m',
				'pip',
				'install',
				'--quiet',
				'--target',
				made(root, 'usr/lib/python3/dist-packages'),
				'flask==3.0.3',
				'requests==2.32.3',
				'zope.interface==7.1.1',
			]),
	},
	{
		name: 'gem',
		fill: (root) =>
			run('gem', ['install', '--no-document', '--install-dir', made(root, 'usr/local/bundle'), 'sinatra:4.1.1', 'rack:3.1.8']),
	},
	{ name: 'golang', fill: goProgram },
	{ name: 'maven', fill: jars },
	{ name: 'cargo', fill: rustProgram },
];

/** One docker-archive for each sample that can be made here; they are kept. */
export function makeSamples(): readonly BenchImage[] {
	return samples.flatMap((sample) => {
		const path = join(home, `sample_${sample.name}.tar`);
		if (existsSync(path) || make(sample, path)) return [{ form: 'docker-archive', path } as const];
		console.error(`the sample ${sample.name} cannot be made here`);
		return [];
	});
}

function make(sample: Sample, path: string): boolean {
	const work = join(home, sample.name);
	rmSync(work, { recursive: true, force: true });
	const root = made(work, 'root');
	writeFileSync(join(made(root, 'etc'), 'os-release'), osRelease);
	return sample.fill(root, made(work, 'work')) && archive(root, made(work, 'image'), path);
}

function plugAndPlay(root: string): boolean {
	const app = made(root, 'app');
	const dependencies = { express: '4.21.1', 'react-dom': '18.3.1', react: '18.3.1' };
	writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'shop', version: '1.0.0', dependencies }));
	writeFileSync(join(app, '.yarnrc.yml'), 'enableGlobalCache: false\nenableTelemetry: false\n');
	writeFileSync(join(app, 'yarn.lock'), '');
	return run('npm', ['exec', '--yes', '--package=@yarnpkg/cli-dist', '--', 'yarn', 'install'], app);
}

function goProgram(root: string, work: string): boolean {
	writeFileSync(
		join(work, 'go.mod'),
		'module example.com/shop\n\ngo 1.21\n\nreplace github.com/google/uuid => github.com/google/uuid v1.5.0\n',
	);
	writeFileSync(
		join(work, 'main.go'),
		'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/google/uuid"\n\t"github.com/spf13/cobra"\n\t"golang.org/x/text/language"\n)\n\nfunc main() { fmt.Println(uuid.New(), cobra.Command{}, language.English) }\n',
	);
	const program = join(made(root, 'usr/local/bin'), 'shop');
	return run('go', ['mod', 'tidy'], work) && run('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', program, '.'], work);
}

/** An application of Spring Boot: the libraries stored in its jar, and one application with them beside it. */
function jars(root: string, work: string): boolean {
	const dependency = (group: string, artifact: string, version: string): string =>
		`<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
	writeFileSync(
		join(work, 'pom.xml'),
		`<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>shop</artifactId><version>1.0.0</version><dependencies>${dependency('org.springframework.boot', 'spring-boot-starter-web', '3.3.5')}${dependency('org.apache.logging.log4j', 'log4j-core', '2.17.1')}${dependency('com.google.guava', 'guava', '33.3.1-jre')}</dependencies></project>`,
	);
	const libraries = made(work, 'BOOT-INF/lib');
	const app = made(root, 'app');
	return (
		run('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`], work) &&
		run('jar', ['cf0', join(app, 'shop-1.0.0.jar'), 'BOOT-INF'], work) &&
		run('cp', ['-r', libraries, join(made(root, 'opt'), 'lib')])
	);
}

function rustProgram(root: string, work: string): boolean {
	writeFileSync(
		join(work, 'Cargo.toml'),
		'[package]\nname = "shop"\nversion = "0.3.1"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\nhex = "0.4"\n\n[build-dependencies]\nautocfg = "1"\n',
	);
	writeFileSync(join(made(work, 'src'), 'main.rs'), 'fn main() { println!("{} {}", itoa::Buffer::new().format(5), hex::encode("x")); }\n');
	writeFileSync(join(work, 'build.rs'), 'fn main() { let _ = autocfg::new(); }\n');
	const tool = join(home, 'cargo-auditable');
	if (!existsSync(tool) && !run('cargo', ['install', '--quiet', '--locked', '--root', tool, 'cargo-auditable'])) return false;
	const env = { PATH: `${join(tool, 'bin')}:${process.env.PATH ?? ''}` };
	if (!run('cargo', ['auditable', 'build', '--quiet', '--release'], work, env)) return false;
	copyFileSync(join(work, 'target', 'release', 'shop'), join(made(root, 'usr/local/bin'), 'shop'));
	return true;
}

/** Docker's archive of one layer, as `docker save` writes it. */
function archive(root: string, folder: string, path: string): boolean {
	if (!run('tar', ['--owner=0', '--group=0', '--numeric-owner', '-C', root, '-cf', join(folder, 'layer.tar'), '.'])) return false;
	const diffId = `sha256:${createHash('sha256')
		.update(readFileSync(join(folder, 'layer.tar')))
		.digest('hex')}`;
	const config = JSON.stringify({
		architecture: 'amd64',
		os: 'linux',
		created: '2026-01-01T00:00:00Z',
		config: {},
		rootfs: { type: 'layers', diff_ids: [diffId] },
		history: [{ created_by: 'sample' }],
	});
	// snyk-docker-plugin takes a file for the configuration that is named by its digest
	const name = `${createHash('sha256').update(config).digest('hex')}.json`;
	writeFileSync(join(folder, name), config);
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: name, RepoTags: ['sample:latest'], Layers: ['layer.tar'] }]));
	return run('tar', ['-C', folder, '-cf', path, 'manifest.json', name, 'layer.tar']);
}

function made(parent: string, name: string): string {
	const path = join(parent, name);
	mkdirSync(path, { recursive: true });
	return path;
}

function run(program: string, args: readonly string[], cwd: string = dirname(home), env: Readonly<Record<string, string>> = {}): boolean {
	mkdirSync(cwd, { recursive: true });
	return spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } }).status === 0;
}
