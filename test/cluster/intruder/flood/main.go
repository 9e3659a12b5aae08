// Flood holds as many connections open as it is told, without any certificate, until its input ends, and then prints what became of them as JSON:
//
//	flood -address HOST:PORT -connections 3000 -say silence|half|requests [-path PATH] [-tls] [-again]
//
// With silence it says nothing, with half it sends half a request, with requests one request after the other.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type figures struct {
	Opened  atomic.Int64
	Refused atomic.Int64
	Closed  atomic.Int64
	Answers atomic.Int64
	Bytes   atomic.Int64
	open    atomic.Int64
	Most    atomic.Int64
}

func main() {
	address := flag.String("address", "", "whom to call")
	connections := flag.Int("connections", 1000, "connections at the same time")
	say := flag.String("say", "silence", "silence, half or requests")
	path := flag.String("path", "/healthz", "what to ask for")
	patience := flag.Duration("patience", 5*time.Second, "how long to wait for a connection")
	secure := flag.Bool("tls", false, "speak TLS, without a certificate")
	again := flag.Bool("again", false, "open a connection anew when it ends")
	flag.Parse()
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	_ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)

	ended, end := context.WithCancel(context.Background())
	var result figures
	var running sync.WaitGroup
	for range *connections {
		running.Add(1)
		go func() {
			defer running.Done()
			for ended.Err() == nil {
				result.hold(ended, *patience, *address, *say, *path, *secure)
				if !*again {
					return
				}
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	open := result.open.Load()
	end()
	running.Wait()
	_ = json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"opened": result.Opened.Load(), "refused": result.Refused.Load(), "closed": result.Closed.Load(),
		"answers": result.Answers.Load(), "bytes": result.Bytes.Load(), "most": result.Most.Load(), "open": open,
	})
}

// hold opens a connection and keeps it until the other side closes it.
func (f *figures) hold(ended context.Context, patience time.Duration, address, say, path string, secure bool) {
	dialer := net.Dialer{Timeout: patience}
	connection, err := dialer.DialContext(ended, "tcp", address)
	if err != nil {
		f.Refused.Add(1)
		return
	}
	f.Opened.Add(1)
	open := f.open.Add(1)
	for most := f.Most.Load(); open > most && !f.Most.CompareAndSwap(most, open); most = f.Most.Load() {
	}
	stop := context.AfterFunc(ended, func() { _ = connection.Close() })
	defer func() {
		stop()
		f.open.Add(-1)
		// Without a reset the node's ports would soon be used up.
		_ = connection.(*net.TCPConn).SetLinger(0)
		_ = connection.Close()
		if ended.Err() == nil {
			f.Closed.Add(1)
		}
	}()
	var stream io.ReadWriter = connection
	if secure {
		stream = tls.Client(connection, &tls.Config{InsecureSkipVerify: true})
	}
	request := "GET " + path + " HTTP/1.1\r\nHost: mirror\r\n"
	switch say {
	case "half":
		_, _ = io.WriteString(stream, request)
	case "requests":
		answers := bufio.NewReader(stream)
		for {
			if _, err := io.WriteString(stream, request+"\r\n"); err != nil {
				return
			}
			answer, err := http.ReadResponse(answers, nil)
			if err != nil {
				return
			}
			f.Answers.Add(1)
			bytes, err := io.Copy(io.Discard, answer.Body)
			if answer.StatusCode == http.StatusOK {
				f.Bytes.Add(bytes)
			}
			if err != nil {
				return
			}
			select {
			case <-ended.Done():
				return
			case <-time.After(2 * time.Second):
			}
		}
	}
	_, _ = io.Copy(io.Discard, stream)
}
