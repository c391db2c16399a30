import { readGoBuildInfo } from '../../../formats/go/build-info.ts';
import { type GoCall, goCalls } from '../../../formats/go/calls.ts';
import { goFunctions, packageOf } from '../../../formats/go/functions.ts';
import { loadedProgram } from '../../../formats/go/program.ts';
import type { Certainty } from '../../../model/verdict.ts';
import type { Action, Fact } from '../fact.ts';

/** Functions that verify the certificate of another side with the authorities of the system. */
const connects = new Set([
	'net/http.Get',
	'net/http.Head',
	'net/http.Post',
	'net/http.PostForm',
	'net/http.(*Client).Do',
	'net/http.(*Client).do',
	'net/http.(*Client).Get',
	'net/http.(*Client).Head',
	'net/http.(*Client).Post',
	'net/http.(*Client).PostForm',
	'net/http.(*Transport).RoundTrip',
	'crypto/tls.Dial',
	'crypto/tls.DialWithDialer',
	'crypto/tls.(*Dialer).DialContext',
	'crypto/tls.Client',
	'crypto/x509.(*Certificate).Verify',
]);
const asks = new Set(['crypto/x509.SystemCertPool', 'crypto/x509.systemRootsPool']);
const adds = new Set(['crypto/x509.(*CertPool).AppendCertsFromPEM', 'crypto/x509.(*CertPool).AddCert']);
const zone = 'time.LoadLocation';
const programs = new Set(['os/exec.Command', 'os/exec.CommandContext', 'os/exec.LookPath']);
const opens = new Set(['os.Open', 'os.ReadFile', 'os.OpenFile', 'io/ioutil.ReadFile', 'os.ReadDir']);
const files = new Set(['os.Create', 'os.WriteFile', 'io/ioutil.WriteFile']);
const directories = new Set(['os.Mkdir', 'os.MkdirAll']);
/** Of an empty text they use os.TempDir(): /tmp where TMPDIR is not set. */
const temporary = new Set(['os.CreateTemp', 'os.MkdirTemp', 'io/ioutil.TempFile', 'io/ioutil.TempDir']);
const account = 'os/user.Current';
/** Asks for a user by its name. */
const lookup = 'os/user.Lookup';
const makes = (name: string): boolean => files.has(name) || directories.has(name) || temporary.has(name);
const wanted = (name: string): boolean =>
	makes(name) ||
	connects.has(name) ||
	asks.has(name) ||
	adds.has(name) ||
	name === zone ||
	name === account ||
	name === lookup ||
	programs.has(name) ||
	opens.has(name);

/** What a Go program asks of the system, told by its function table and its call instructions. Undefined: not written in Go. */
export function readGoProgram(path: string, bytes: Uint8Array): readonly Fact[] | undefined {
	const info = readGoBuildInfo(bytes);
	if (info === undefined) return undefined;
	const program = loadedProgram(bytes);
	const functions = program && goFunctions(program);
	if (program === undefined || functions === undefined) return [unread(path, info.version)];
	const own = ownPackages(info.path, info.module);
	const calls = goCalls(program, functions, wanted, (name) => !isStandard(packageOf(name)) || own(packageOf(name)));
	const carries = (name: string): boolean => functions.some((f) => packageOf(f.name) === name);
	return [
		...(carries('golang.org/x/crypto/x509roots/fallback') ? [] : rootsFacts(path, calls, own)),
		...(carries('time/tzdata') ? [] : calls.filter((call) => call.callee === zone).flatMap((call) => zoneFact(path, call, own))),
		...accountFacts(path, calls, own, carries('runtime/cgo')),
		...calls.flatMap((call) => textFact(path, call, own)),
	];
}

/** Packages of the application itself: `main`, and those of its module. */
function ownPackages(path: string, module: string | undefined): (name: string) => boolean {
	const prefix = module ?? (path.includes('.') ? path.split('/', 3).join('/') : undefined);
	return (name) => name === 'main' || (prefix !== undefined && (name === prefix || name.startsWith(`${prefix}/`)));
}

/** Packages of the Go distribution have no dot in their first part. */
function isStandard(name: string): boolean {
	return !(name.split('/', 1)[0] as string).includes('.');
}

type Own = (name: string) => boolean;

function factOf(path: string, action: Action, call: GoCall, certainty: Certainty, own: Own): Fact {
	const dependency = !own(packageOf(call.caller.name));
	const shows = `${call.caller.name} calls ${call.callee}${call.text === undefined ? '' : ` ("${call.text.slice(0, 60)}")`}`;
	return { action, language: 'go', because: { path, shows }, certainty, dependency };
}

/**
 * Who asks for the pool of the system and adds nothing to it has to find something there. A connection that may be made, or
 * one that a package may make, is `likely`.
 */
function rootsFacts(path: string, calls: readonly GoCall[], own: Own): readonly Fact[] {
	const extended = calls.some((call) => adds.has(call.callee));
	return calls.flatMap((call) => {
		if (!connects.has(call.callee) && !asks.has(call.callee)) return [];
		const sure = asks.has(call.callee) && own(packageOf(call.caller.name)) && !extended;
		return [factOf(path, { kind: 'roots' }, call, sure ? 'required' : 'likely', own)];
	});
}

function zoneFact(path: string, call: GoCall, own: Own): readonly Fact[] {
	if (call.text === 'UTC' || call.text === 'Local') return [];
	return [factOf(path, { kind: 'zone', zone: call.text ?? '' }, call, own(packageOf(call.caller.name)) ? 'likely' : 'possible', own)];
}

/** os/user, lookup_stubs.go and cgo_lookup_unix.go: without the C library $USER stands in for the entry. */
function accountFacts(path: string, calls: readonly GoCall[], own: Own, cgo: boolean): readonly Fact[] {
	const message = cgo ? 'user: unknown userid' : 'user: Current requires cgo or $USER set in environment';
	const action: Action = { kind: 'account', unless: cgo ? [] : ['USER'], message };
	const sure = (call: GoCall): Certainty => (own(packageOf(call.caller.name)) ? 'likely' : 'possible');
	const asked = calls.flatMap((call) => {
		if (call.callee !== lookup || call.text === undefined || !/^[\w.-]{1,32}$/.test(call.text)) return [];
		const named: Action = { kind: 'account', unless: [], name: call.text, message: `user: unknown user ${call.text}` };
		return [factOf(path, named, call, sure(call), own)];
	});
	const current = calls
		.filter((call) => call.callee === account)
		.map((call) => factOf(path, action, call, own(packageOf(call.caller.name)) ? 'likely' : 'possible', own));
	return [...asked, ...current];
}

/** Programs and files by a constant name. The error may be dealt with, so it is at most `likely`. */
function textFact(path: string, call: GoCall, own: Own): readonly Fact[] {
	const certainty = own(packageOf(call.caller.name)) ? 'likely' : 'possible';
	const { text = '', callee } = call;
	if (programs.has(callee) && text !== '') return [factOf(path, { kind: 'program', program: text, arguments: [] }, call, certainty, own)];
	if (makes(callee)) return makeFact(path, call, certainty, own);
	return opens.has(callee) && text.startsWith('/') ? [factOf(path, { kind: 'file', path: text }, call, certainty, own)] : [];
}

function makeFact(path: string, call: GoCall, certainty: Certainty, own: Own): readonly Fact[] {
	const { text, callee } = call;
	// the first argument is nearly always empty, and then the text is the second one
	const directory = text?.startsWith('/') === true ? text : '/tmp';
	if (temporary.has(callee))
		return [factOf(path, { kind: 'make', path: `${directory}/tmp`, call: 'open', above: false }, call, certainty, own)];
	if (text === undefined || text === '') return [];
	const made = directories.has(callee) ? 'mkdir' : 'open';
	return [factOf(path, { kind: 'make', path: text, call: made, above: callee === 'os.MkdirAll' }, call, certainty, own)];
}

/** Built by a version, or for a machine, whose function table is not known: it may verify certificates. */
function unread(path: string, version: string): Fact {
	const because = { path, shows: `${version}: its function table cannot be read` };
	return { action: { kind: 'roots' }, language: 'go', because, certainty: 'likely', dependency: false };
}
