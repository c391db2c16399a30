package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// FOOTING_TEST_URL: test a server that runs already, for instance in a container.
func service(t *testing.T) string {
	if url := os.Getenv("FOOTING_TEST_URL"); url != "" {
		return url
	}
	server := httptest.NewServer(newHandler())
	t.Cleanup(server.Close)
	return server.URL
}

func TestService(t *testing.T) {
	url := service(t)
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"health", "GET", "/health", "", 200, "ok\n"},
		{"digest", "POST", "/digest", "abc", 200, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"},
		{"too large", "POST", "/digest", strings.Repeat("x", limit+1), 413, "the body is too large\n"},
		{"unknown", "GET", "/other", "", 404, "404 page not found\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request, _ := http.NewRequest(test.method, url+test.path, strings.NewReader(test.body))
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, _ := io.ReadAll(response.Body)
			if response.StatusCode != test.status || string(body) != test.want {
				t.Errorf("got %d %q, want %d %q", response.StatusCode, body, test.status, test.want)
			}
		})
	}
}
