/**
 * A key and a certificate for `localhost`, `registry.test` and 127.0.0.1, signed by itself and good for tests only. Made with
 * `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -addext subjectAltName=…`.
 */
export const loopbackKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/+vrePxqKYvSKUp5
Qs8YteukZL3pWhZfTalZUrY10oihRANCAARKJ/SCrjnGKdXDlfsGDle4XTOI5Qyy
cTXgnQ8HHusJ/3Eca8H+zVk9qbEGioj1yeYAkBbv4a01rHLlT8eEEFgM
-----END PRIVATE KEY-----
`;

export const loopbackCertificate = `-----BEGIN CERTIFICATE-----
MIIBvDCCAWKgAwIBAgIUU+EbEND7f+JYkZQpppXGKMq8kXUwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbG9vcGJhY2sgZm9yIHRlc3RzMCAXDTI2MTEyNTAzMzk1N1oY
DzIxMjYxMTAxMDMzOTU3WjAdMRswGQYDVQQDDBJsb29wYmFjayBmb3IgdGVzdHMw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARKJ/SCrjnGKdXDlfsGDle4XTOI5Qyy
cTXgnQ8HHusJ/3Eca8H+zVk9qbEGioj1yeYAkBbv4a01rHLlT8eEEFgMo34wfDAd
BgNVHQ4EFgQUCN6NOAdFpw6gy6N9m8Mxld1MLhYwHwYDVR0jBBgwFoAUCN6NOAdF
pw6gy6N9m8Mxld1MLhYwDwYDVR0TAQH/BAUwAwEB/zApBgNVHREEIjAggglsb2Nh
bGhvc3SCDXJlZ2lzdHJ5LnRlc3SHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIhAONw
/av+WcnnQU5kjekJZgEw5hdS11aJ21MyK2nYNGqDAiAMwulbgQf0wiGg6TrJqUxm
MVFq+kMLASabGGozWo6W4Q==
-----END CERTIFICATE-----
`;
