import { FootingError } from '../../model/errors.ts';
import { quote } from '../../model/quote.ts';
import type { ImageSource } from '../source.ts';

/** `rootfs:DIR`: an unpacked root file system. It has no configuration: how it would be started is not known. */
export const rootfsDirectory: ImageSource = {
	name: 'root directory',
	schemes: ['rootfs'],
	async find(host, reference) {
		const directory = reference.target.replace(/(?<=[^/])\/+$/, '');
		const stat = await host.disk.stat(directory, { follow: true });
		if (stat?.type === 'directory') return { form: 'directory', directory: directory === '/' ? '' : directory };
		const why = stat === undefined ? 'there is no such directory' : 'it is not a directory';
		throw new FootingError('not-found', `cannot open rootfs ${quote(reference.target)}: ${why}`);
	},
};
