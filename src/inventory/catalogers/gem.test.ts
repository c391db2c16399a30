import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, rootfs } from '../../../test/support/rootfs.ts';
import type { System } from '../../model/package.ts';
import { gem } from './gem.ts';

const system: System = { id: 'debian', libc: { family: 'none', because: [] }, because: [] };
const gems = '/usr/lib/ruby/gems/3.1.0';
const stub = (line: string): string =>
	`# -*- encoding: utf-8 -*-\n# stub: ${line}\n\nGem::Specification.new do |s|\n  s.name = "no".freeze\nend\n`;

async function found(tree: Parameters<typeof rootfs>[0]) {
	return gem.catalog(rootfs(tree), system);
}

test('gem: installed, default and integrated ones by their stub, several versions and platforms of one', async () => {
	const { packages, problems } = await found({
		[`${gems}/specifications/rake-13.0.6.gemspec`]: stub('rake 13.0.6 ruby lib'),
		[`${gems}/specifications/default/json-2.6.1.gemspec`]: `${stub('json 2.6.1 ruby lib')}# stub: ext/json/extconf.rb\n`,
		'/usr/share/rubygems-integration/all/specifications/json-2.6.3.gemspec': stub('json 2.6.3 ruby lib\0ext'),
		'/usr/local/bundle/specifications/nokogiri-1.16.0-x86_64-linux.gemspec': stub('nokogiri 1.16.0 x86_64-linux lib'),
		'/usr/local/bundle/specifications/rails-8.0.0.beta1.gemspec': stub('rails 8.0.0.beta1 ruby lib'),
	});
	assert.deepEqual(problems, []);
	assert.deepEqual(packages.map((p) => p.purl).sort(), [
		'pkg:gem/json@2.6.1',
		'pkg:gem/json@2.6.3',
		'pkg:gem/nokogiri@1.16.0?platform=x86_64-linux',
		'pkg:gem/rails@8.0.0.beta1',
		'pkg:gem/rake@13.0.6',
	]);
});

test('gem: without a stub by plain assignments; the sources of a gem and links are not read', async () => {
	const { packages } = await found({
		[`${gems}/specifications/old-1.0.gemspec`]:
			'Gem::Specification.new do |s|\n  s.name = %q{no}\n  s.name = "old".freeze\n  s.version = Gem::Version.new("1.0")\n  s.platform = "java".freeze\n',
		[`${gems}/gems/old-1.0/old.gemspec`]: stub('source 1.0 ruby lib'),
		[`${gems}/specifications/linked-1.0.gemspec`]: link('old-1.0.gemspec'),
	});
	assert.deepEqual(
		packages.map((p) => [p.purl, p.because.shows]),
		[['pkg:gem/old@1.0?platform=java', 'name = "old", version = "1.0"']],
	);
});

test('gem: a specification that says no plain name and version is a problem and hides packages', async () => {
	const computed = 'Gem::Specification.new do |s|\n  s.name = "x"\n  s.version = "#{MAJOR}.1"\nend\n';
	for (const body of ['', '\u0000\u0001', stub('only'), stub('x y ruby lib'), stub('x;y 1.0 ruby lib'), computed]) {
		const { packages, problems, blindSpots } = await found({ [`${gems}/specifications/x-1.gemspec`]: body });
		assert.deepEqual([packages.length, problems.length, blindSpots[0]?.hides], [0, 1, ['packages']], body);
	}
});
