// Load asks for a blob over and over until its input ends, and then prints what became of the requests as JSON:
//
//	load -settings HOSTS_TOML -path PATH -accept TYPES   as a node's containerd does, which reads its settings for each pull anew
//	load -url URL                                        as Spegel does, from the network of a mirror's pod
//
// Every request has a connection of its own. With -slow, it is one transfer after the other, read at that pace; with -readers, so many at a time.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// figures are what became of the requests. Missed is an answer of Spegel's that it has found nobody in time, or a connection that took too
// long: the pull goes on at the origin, as it does without a mirror. Refused is everything else: somebody did not take whom he should have.
type figures struct {
	sync.Mutex
	Sent          int       `json:"sent"`
	OK            int       `json:"ok"`
	Missed        int       `json:"missed"`
	Refused       int       `json:"refused"`
	FirstRefusals []refusal `json:"firstRefusals"`
}

type refusal struct {
	Time   string `json:"time"`
	Reason string `json:"reason"`
}

func main() {
	settings := flag.String("settings", "", "hosts.toml with the mirror's block")
	path := flag.String("path", "", "what to ask the entry for")
	accept := flag.String("accept", "", "what kinds of content the entry is told to accept")
	url := flag.String("url", "", "what to ask a peer for")
	every := flag.Duration("every", 80*time.Millisecond, "time between two requests")
	slow := flag.Int64("slow", 0, "bytes per second of a transfer; 0 for as fast as it can")
	readers := flag.Int("readers", 1, "slow transfers at the same time")
	flag.Parse()
	if (*settings == "") == (*url == "") {
		fmt.Fprintln(os.Stderr, "one of -settings and -url is wanted")
		os.Exit(2)
	}

	ask := func(pace func(io.Reader) (int64, error)) (bool, error) { return askPeer(*url, pace) }
	if *settings != "" {
		ask = func(pace func(io.Reader) (int64, error)) (bool, error) {
			return askEntry(*settings, *path, *accept, pace)
		}
	}
	result := figures{FirstRefusals: []refusal{}}
	ended := ending()
	if *slow > 0 {
		var running sync.WaitGroup
		for i := range *readers {
			running.Go(func() {
				// Not all at once, or a busy node's Spegel misses them.
				time.Sleep(time.Duration(i) * 30 * time.Millisecond)
				for ended.Err() == nil {
					result.note(ask(func(body io.Reader) (int64, error) { return readSlowly(ended, body, *slow) }))
				}
			})
		}
		running.Wait()
	} else {
		result.every(*every, ended, ask)
	}
	_ = json.NewEncoder(os.Stdout).Encode(&result)
}

// ending is over when the input ends, so that no load outlives the test.
func ending() context.Context {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	go func() {
		_, _ = io.Copy(io.Discard, bufio.NewReader(os.Stdin))
		stop()
	}()
	return ctx
}

func (f *figures) every(period time.Duration, ended context.Context, ask func(func(io.Reader) (int64, error)) (bool, error)) {
	var running sync.WaitGroup
	// What cannot be sent is left out: a machine that cannot keep up must not be pushed further.
	slots := make(chan struct{}, 16)
	tick := time.NewTicker(period)
	defer tick.Stop()
	for ended.Err() == nil {
		select {
		case <-ended.Done():
		case <-tick.C:
			select {
			case slots <- struct{}{}:
				running.Add(1)
				go func() {
					defer running.Done()
					f.note(ask(func(body io.Reader) (int64, error) { return io.Copy(io.Discard, body) }))
					<-slots
				}()
			default:
			}
		}
	}
	running.Wait()
}

func (f *figures) note(missed bool, err error) {
	f.Lock()
	defer f.Unlock()
	f.Sent++
	switch {
	case err != nil:
		f.Refused++
		if len(f.FirstRefusals) < 10 {
			f.FirstRefusals = append(f.FirstRefusals, refusal{time.Now().UTC().Format("15:04:05.000"), err.Error()})
		}
		time.Sleep(20 * time.Millisecond)
	case missed:
		f.Missed++
	default:
		f.OK++
	}
}

// get asks once, over a connection of its own.
func get(transport *http.Transport, url string, header http.Header, pace func(io.Reader) (int64, error)) (missed bool, err error) {
	// As containerd, it does not ask for the connection's end, so that the proxy does not set the last bytes a time.
	defer transport.CloseIdleConnections()
	transport.ResponseHeaderTimeout = 10 * time.Second
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return false, err
	}
	request.Header = header
	response, err := transport.RoundTrip(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	got, err := pace(response.Body)
	if err != nil {
		return false, fmt.Errorf("status %d, broken off after %d bytes: %w", response.StatusCode, got, err)
	}
	if response.StatusCode == http.StatusOK {
		return false, nil
	}
	// The proxy's own refusal says nothing at all. Spegel's answer has a body, and the proxy's on the direct path a header of registries.
	if response.StatusCode == http.StatusNotFound && (got > 0 || response.Header.Get("Docker-Distribution-Api-Version") != "") {
		return true, nil
	}
	return false, fmt.Errorf("status %d with %d bytes", response.StatusCode, got)
}

// askPeer asks as Spegel does: in clear, with an empty credential, to be secured on its way out of the pod.
func askPeer(url string, pace func(io.Reader) (int64, error)) (bool, error) {
	header := http.Header{"Authorization": {"Basic Og=="}, "X-Spegel-Mirrored": {"true"}}
	missed, err := get(&http.Transport{}, url, header, pace)
	if missed {
		return false, fmt.Errorf("the peer has not got it")
	}
	return false, err
}

// readSlowly reads a transfer at a pace, and the rest at once when the end has come.
func readSlowly(ended context.Context, body io.Reader, bytesPerSecond int64) (int64, error) {
	var got int64
	start := time.Now()
	for buffer := make([]byte, 64<<10); ; {
		for ended.Err() == nil && float64(got) > time.Since(start).Seconds()*float64(bytesPerSecond) {
			time.Sleep(50 * time.Millisecond)
		}
		n, err := body.Read(buffer)
		got += int64(n)
		if err == io.EOF {
			return got, nil
		}
		if err != nil {
			return got, err
		}
	}
}
