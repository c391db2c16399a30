import type { Application, Check, Need, Standing } from '../../model/need.ts';
import { unseenAt } from '../application/unseen.ts';
import type { NeedKind } from '../need-kind.ts';
import { type Truster, trustStore } from '../runtimes/trust-store.ts';
import { type Fact, strongest } from '../source/fact.ts';
import { checkFile, evidenceOf, type FileData, fileNeeds } from '../source/file-need.ts';
import type { PlaceClass } from '../source/places.ts';
import { readSource } from '../source/read-source.ts';

type Roots = { readonly ask: 'roots'; readonly truster: Truster; readonly unseen?: string };
type Data = FileData | Roots;

const classes: ReadonlySet<PlaceClass> = new Set(['certificates']);

/**
 * Certificate authorities: files that the source opens by their path, and those of the system for runtimes that bring none of
 * their own (Go, and what uses OpenSSL). Node.js, Java and Python's `certifi` carry theirs.
 */
export const certificates: NeedKind<Data> = {
	kind: 'certificates',
	ofEveryStart: true,
	async find(application) {
		const { facts } = await readSource(application);
		return [
			...fileNeeds('certificates', application, facts, classes),
			...named(application),
			...rootsNeeds(
				application,
				facts.filter((fact) => fact.action.kind === 'roots'),
			),
		];
	},
	async check(need, standing) {
		const { data } = need;
		return data.ask === 'file' ? checkFile({ ...need, data }, standing) : checkRoots({ ...need, data }, standing);
	},
};

/** ENV variables that name a bundle. Node.js only warns when the file of NODE_EXTRA_CA_CERTS is not there. */
function named(application: Application): readonly Need<FileData>[] {
	return application.launch.env.flatMap(({ value, because }) => {
		if (!/^(SSL_CERT_FILE|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|AWS_CA_BUNDLE|GIT_SSL_CAINFO)$/.test(value.name)) return [];
		if (!value.value.startsWith('/') || value.value.includes('${')) return [];
		const unseen = unseenAt(application.unseen, value.value);
		const data = {
			ask: 'file',
			path: value.value,
			language: 'shell',
			...(unseen === undefined ? {} : { unseen: unseen.message }),
		} as const;
		return [
			{ kind: 'certificates', what: `the file ${value.value} of ${value.name}`, certainty: 'likely', because: [because], data } as const,
		];
	});
}

function rootsNeeds(application: Application, facts: readonly Fact[]): readonly Need<Roots>[] {
	const unseen = unseenAt(application.unseen, '/etc/ssl/certs/ca-certificates.crt');
	return (['go', 'openssl'] as const).flatMap((truster) => {
		const mine = facts.filter((fact) => (fact.language === 'go') === (truster === 'go'));
		if (mine.length === 0) return [];
		const data: Roots = { ask: 'roots', truster, ...(unseen === undefined ? {} : { unseen: unseen.message }) };
		return [
			{
				kind: 'certificates',
				what: 'the certificate authorities of the system',
				certainty: strongest(mine.map((f) => f.certainty)),
				because: evidenceOf(mine),
				data,
			},
		];
	});
}

function checkRoots(need: Need<Roots>, standing: Standing): Check {
	const { truster, unseen } = need.data;
	const store = trustStore(truster, standing.combined, standing.config);
	if (store.found) return { need, answer: 'holds', because: [store.because] };
	if (unseen !== undefined) return { need, answer: 'unknown', because: [], hint: `${unseen}; it may bring certificate authorities` };
	return {
		need,
		answer: 'fails',
		because: [{ path: store.looked[0] ?? '/etc/ssl/certs', shows: `none of ${store.looked.slice(0, 6).join(', ')} is there` }],
		message:
			truster === 'go'
				? 'x509: certificate signed by unknown authority'
				: 'certificate verify failed: unable to get local issuer certificate',
		hint: 'copy /etc/ssl/certs/ca-certificates.crt from a stage with the package ca-certificates',
	};
}
