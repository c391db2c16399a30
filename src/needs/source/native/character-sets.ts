const names =
	/^(UTF-?(7|8|16|32)(LE|BE)?|UCS-?[24](LE|BE)?|US-ASCII|ASCII|ANSI_X3\.4-1968|WCHAR_T|LATIN-?\d{1,2}|ISO[-_]?8859[-_]\d{1,2}|ISO-2022-(JP|KR|CN)|(WINDOWS-|CP|IBM)\d{3,5}|KOI8-[RUT]|SHIFT[-_]?JIS|SJIS|EUC-?(JP|KR|CN|TW)|GB(K|18030|2312)|BIG-?5(-HKSCS)?|TIS-620|VISCII|MACINTOSH|EBCDIC-[\w-]{2,12})(\/\/(TRANSLIT|IGNORE))*$/i;

/** A name that iconv_open knows, with its suffixes. */
export function isCharacterSet(text: string): boolean {
	return text.length <= 40 && names.test(text);
}

/** Names are compared without case and punctuation: `iso_8859-1`, `ISO8859-1`. */
export function plainName(name: string): string {
	return name
		.replace(/\/\/.*$/, '')
		.replace(/[^A-Za-z0-9]/g, '')
		.toUpperCase();
}
