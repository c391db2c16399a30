const limit = 64 * 1024;

/** The body of a request as JSON. */
export async function readJson(request) {
	const chunks = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > limit) throw Object.assign(new Error('the body is too large'), { status: 413 });
		chunks.push(chunk);
	}
	try {
		return JSON.parse(Buffer.concat(chunks).toString());
	} catch {
		throw Object.assign(new Error('the body is not JSON'), { status: 400 });
	}
}
