/** OCI image specification, `platform` of an image index: GOOS, GOARCH and the processor variant. */
export interface Platform {
	readonly os: string;
	readonly architecture: string;
	readonly variant?: string;
}
