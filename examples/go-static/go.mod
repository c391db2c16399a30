module example.org/go-static

go 1.22
