// Redirector is a webhook that answers every request with a redirect: redirector :PORT REGISTRY [CERTIFICATE KEY].
// Its path says which: /CODE/SCHEME/HOST/PORT/PATH. One line for each request on standard output.
package main

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		part := strings.SplitN(strings.TrimPrefix(r.URL.Path, "/"), "/", 5)
		code := 0
		if len(part) == 5 {
			code, _ = strconv.Atoi(part[0])
		}
		if code < 300 || code > 399 {
			http.Error(w, "/CODE/SCHEME/HOST/PORT/PATH", http.StatusBadRequest)
			return
		}
		to := fmt.Sprintf("%s://%s:%s/%s?ns=%s", part[1], part[2], part[3], part[4], os.Args[2])
		fmt.Println(r.Method, code, to)
		w.Header().Set("Location", to)
		w.WriteHeader(code)
	})
	var err error
	if len(os.Args) == 5 {
		err = http.ListenAndServeTLS(os.Args[1], os.Args[3], os.Args[4], nil)
	} else {
		err = http.ListenAndServe(os.Args[1], nil)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
