/** What an installed gem's specification says of it. */
export interface Gem {
	readonly name: string;
	readonly version: string;
	/** Absent for `ruby`, which is every platform. */
	readonly platform?: string;
	/** The line that says so. */
	readonly shows: string;
}

/** Lines that are looked at: RubyGems writes the stub first and name and version right behind it. */
const maxLines = 64;

/** RubyGems' own rule for a version, without the spaces (Gem::Version::VERSION_PATTERN). */
const version = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const gemName = /^[A-Za-z0-9_.-]+$/;

/**
 * Name, version and platform of a specification as RubyGems and Bundler install it: by the line `# stub: NAME VERSION PLATFORM PATHS`,
 * which RubyGems itself reads instead of running the file (Gem::StubSpecification); else by assignments of plain texts.
 * Undefined: it says neither.
 */
export function readGemspec(text: string): Gem | undefined {
	const lines = text.split('\n', maxLines);
	for (const line of lines.slice(0, 2)) {
		const [name = '', number = '', platform] = line.startsWith('# stub: ') ? line.slice('# stub: '.length).trimEnd().split(' ') : [];
		if (platform !== undefined && gemName.test(name) && version.test(number))
			return { name, version: number, ...platformOf(platform), shows: line.trimEnd().slice(0, 200) };
	}
	const name = assigned(lines, 'name');
	const number = assigned(lines, 'version');
	if (name === undefined || number === undefined || !gemName.test(name) || !version.test(number)) return undefined;
	return {
		name,
		version: number,
		...platformOf(assigned(lines, 'platform') ?? 'ruby'),
		shows: `name = "${name}", version = "${number}"`,
	};
}

function platformOf(platform: string): Pick<Gem, 'platform'> {
	return platform === 'ruby' || !gemName.test(platform) ? {} : { platform };
}

/** `s.name = "rake".freeze`, `s.version = Gem::Version.new("1.0")`: a text in quotes without anything to be put into it. */
function assigned(lines: readonly string[], field: string): string | undefined {
	const pattern = new RegExp(`^\\s{1,16}\\w{1,32}\\.${field}\\s{0,8}=\\s{0,8}(?:Gem::Version\\.new\\(\\s?)?(["'])([^"'#\\\\]{1,128})\\1`);
	for (const line of lines) {
		const match = pattern.exec(line);
		if (match !== null) return match[2];
	}
	return undefined;
}
