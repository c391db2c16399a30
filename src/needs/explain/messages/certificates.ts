import { type Truster, type TrustStore, trustStore } from '../../runtimes/trust-store.ts';
import { type Cause, holds, isNot, type MessageKind, open, type Scene } from '../message-kind.ts';

const forms: readonly (readonly [RegExp, by: Truster | 'node' | 'java'])[] = [
	[/x509: (?:certificate signed by unknown authority|failed to load system roots)/, 'go'],
	[
		/unable to get local issuer certificate|CERTIFICATE_VERIFY_FAILED|curl: \((?:60|77)\)|error setting certificate verify locations|unable to get issuer certificate/i,
		'openssl',
	],
	[/UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/, 'node'],
	[/PKIX path building failed|trustAnchors parameter must be non-empty/, 'java'],
];

/** A TLS certificate whose authority is not among those that the program trusts. */
export const certificates: MessageKind = {
	kind: 'certificates',
	seen: '`x509: certificate signed by unknown authority`, `unable to get local issuer certificate`, `PKIX path building failed`',
	looks: 'whether the runtime finds certificate authorities',
	read(line) {
		const by = forms.find(([form]) => form.test(line))?.[1];
		if (by === undefined) return undefined;
		return {
			what: 'the certificate of the other side was signed by an authority that the program does not know',
			possible: [
				...(by === 'node' ? [] : [{ what: 'the image has no certificate authorities', hint: copyHint }]),
				{
					what: 'the other side uses an authority of its own, or a proxy on the way does',
					hint: `add that authority (${by === 'node' ? 'NODE_EXTRA_CA_CERTS' : 'SSL_CERT_FILE'})`,
				},
			],
			look: async (scene) =>
				by === 'node'
					? nodeCauses()
					: by === 'java'
						? javaCauses(scene)
						: storeCauses(trustStore(by, scene.standing.combined, scene.standing.config)),
		};
	},
};

const copyHint = 'COPY --from=BUILDER /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/, or take a base with ca-certificates';
const other = (variable: string): Cause =>
	open('the other side uses an authority of its own, or a proxy on the way does', [], `add that authority (${variable})`);

function storeCauses(store: TrustStore): readonly Cause[] {
	if (store.found) return [isNot('the image has no certificate authorities', [store.because]), other('SSL_CERT_FILE')];
	return [
		holds(
			'the image has no certificate authorities',
			store.looked.slice(0, 4).map((path) => ({ path, shows: 'is not there or is empty' })),
			copyHint,
		),
	];
}

/** Node.js carries Mozilla's list. */
function nodeCauses(): readonly Cause[] {
	return [
		isNot('the image has no certificate authorities', [{ path: 'node', shows: 'carries its own list of authorities' }]),
		other('NODE_EXTRA_CA_CERTS'),
	];
}

function javaCauses({ standing: { combined } }: Scene): readonly Cause[] {
	for (const { path, type, size } of combined.entries())
		if (type === 'file' && size > 1000 && /\/(?:lib\/security|java)\/cacerts$/.test(path))
			return [isNot('the image has no cacerts', [{ path, shows: 'is there' }]), other('-Djavax.net.ssl.trustStore')];
	return [
		holds(
			'the Java runtime has no cacerts',
			[{ path: '/', shows: 'no lib/security/cacerts' }],
			'take a base whose runtime has it, or name a store with -Djavax.net.ssl.trustStore',
		),
	];
}
