export interface Manager {
	readonly name: string;
	readonly of: 'system' | 'language';
	/** Names of its programs; any of them is enough. */
	readonly programs: readonly string[];
}

const manager = (name: string, of: Manager['of'], programs: string): Manager => ({ name, of, programs: programs.split(' ') });

/** Sorted by kind and name. */
export const managers: readonly Manager[] = [
	manager('apk', 'system', 'apk apk.static'),
	manager('apt', 'system', 'apt apt-get aptitude'),
	manager('brew', 'system', 'brew'),
	manager('dnf', 'system', 'dnf dnf5 dnf-3 microdnf'),
	manager('dpkg', 'system', 'dpkg'),
	manager('emerge', 'system', 'emerge'),
	manager('flatpak', 'system', 'flatpak'),
	manager('guix', 'system', 'guix'),
	manager('nix', 'system', 'nix nix-env'),
	manager('opkg', 'system', 'opkg'),
	manager('pacman', 'system', 'pacman'),
	manager('rpm', 'system', 'rpm'),
	manager('snap', 'system', 'snap'),
	manager('tdnf', 'system', 'tdnf'),
	manager('xbps', 'system', 'xbps-install'),
	manager('yum', 'system', 'yum'),
	manager('zypper', 'system', 'zypper'),
	manager('bun', 'language', 'bun bunx'),
	manager('bundler', 'language', 'bundle bundler'),
	manager('cargo', 'language', 'cargo'),
	manager('composer', 'language', 'composer composer.phar'),
	manager('conda', 'language', 'conda mamba micromamba'),
	manager('corepack', 'language', 'corepack'),
	manager('cpan', 'language', 'cpan cpanm'),
	manager('gem', 'language', 'gem'),
	manager('luarocks', 'language', 'luarocks'),
	manager('maven', 'language', 'mvn'),
	manager('npm', 'language', 'npm npx'),
	manager('pip', 'language', 'pip pip2 pip3 pipx easy_install'),
	manager('pnpm', 'language', 'pnpm pnpx'),
	manager('poetry', 'language', 'poetry pdm'),
	manager('uv', 'language', 'uv uvx'),
	manager('yarn', 'language', 'yarn yarnpkg'),
];
