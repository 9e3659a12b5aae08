package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"time"
)

const (
	begin = "# secured-mirror begin"
	end   = "# secured-mirror end"
)

var (
	hostLine = regexp.MustCompile(`(?m)^\[host\."([^"]+)"\]$`)
	values   = regexp.MustCompile(`(?m)^\s*(ca|client|dial_timeout|Authorization) = "([^"]*)"$`)
)

// askEntry asks as a node's containerd does: settings, CA and key are read for each pull.
func askEntry(file, path, accept string, pace func(io.Reader) (int64, error)) (bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	_, block, found := strings.Cut(string(text), begin)
	block, _, closed := strings.Cut(block, end)
	host := hostLine.FindStringSubmatch(block)
	if !found || !closed || host == nil {
		return false, errors.New("the settings do not name the mirror")
	}
	value := map[string]string{}
	for _, match := range values.FindAllStringSubmatch(block, -1) {
		value[match[1]] = match[2]
	}
	timeout, err := time.ParseDuration(value["dial_timeout"])
	if err != nil {
		return false, err
	}
	// containerd gives up after that time, and goes to the origin; a machine that is busy must not look like a refusal.
	var late bool
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		start := time.Now()
		connection, err := (&net.Dialer{Timeout: 20 * timeout}).DialContext(ctx, network, address)
		late = time.Since(start) > timeout
		return connection, err
	}
	transport := &http.Transport{DialContext: dial}
	header := http.Header{}
	if accept != "" {
		header.Set("Accept", accept)
	}
	if value["Authorization"] != "" {
		header.Set("Authorization", value["Authorization"])
	}
	if value["client"] != "" {
		if transport.TLSClientConfig, err = tlsOf(value["ca"], value["client"]); err != nil {
			return false, err
		}
	}
	missed, err := get(transport, host[1]+path, header, pace)
	return missed || late, err
}

func tlsOf(ca, client string) (*tls.Config, error) {
	pem, err := os.ReadFile(ca)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", ca)
	}
	pair, err := tls.LoadX509KeyPair(client, client)
	if err != nil {
		return nil, err
	}
	return &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{pair}}, nil
}
