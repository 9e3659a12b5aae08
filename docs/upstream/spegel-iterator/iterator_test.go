package iterator

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/spegel-org/spegel/pkg/oci"
	"github.com/spegel-org/spegel/pkg/registry"
	"github.com/spegel-org/spegel/pkg/routing"
)

const resolveTimeout = 250 * time.Millisecond

var layer = []byte("a layer")

// lookups hands out one cached iterator, as P2PRouter does for five seconds, and adds the peers to it one after the other, as a lookup in
// the DHT does.
type lookups struct {
	routing.MemoryRouter
	iterator *routing.Iterator
	peers    []routing.Peer
	pause    time.Duration
}

func (l *lookups) Lookup(context.Context, string, int) (*routing.Iterator, error) {
	if l.iterator == nil {
		l.iterator = routing.NewIterator()
		go func() {
			defer l.iterator.Close()
			for _, peer := range l.peers {
				l.iterator.Add(peer)
				time.Sleep(l.pause)
			}
		}()
	}
	return l.iterator, nil
}

func peerAt(t *testing.T, name, address string) routing.Peer {
	at := netip.MustParseAddrPort(address)
	return routing.Peer{Host: name, Addresses: []netip.Addr{at.Addr()}, Metadata: routing.PeerMetadata{RegistryPort: at.Port()}}
}

// good is a peer that has the layer, and answers after a time.
func good(t *testing.T, name string, after time.Duration) routing.Peer {
	store := oci.NewMemory()
	must(t, store.Write(ocispec.Descriptor{Digest: digest.FromBytes(layer), MediaType: ocispec.MediaTypeImageLayerGzip, Size: int64(len(layer))}, layer))
	return served(t, name, after, store)
}

// emptied is a peer that no longer has the layer, and says so after a time.
func emptied(t *testing.T, after time.Duration) routing.Peer {
	return served(t, "emptied", after, oci.NewMemory())
}

func served(t *testing.T, name string, after time.Duration, store oci.Store) routing.Peer {
	mirror, err := registry.NewRegistry(store, &lookups{})
	must(t, err)
	handler := mirror.Handler(logr.Discard())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(after)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return peerAt(t, name, server.Listener.Addr().String())
}

// silent is what is left of a replaced pod whose address answers nothing.
func silent(t *testing.T) routing.Peer {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { listener.Close() })
	return peerAt(t, "silent", listener.Addr().String())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask sends the request of a containerd for the layer, several times one after the other.
func ask(t *testing.T, times int, pause time.Duration, peers ...routing.Peer) {
	t.Helper()
	mirror, err := registry.NewRegistry(oci.NewMemory(), &lookups{peers: peers, pause: pause}, registry.WithResolveTimeout(resolveTimeout))
	must(t, err)
	handler := mirror.Handler(logr.Discard())
	for i := range times {
		start := time.Now()
		recorder := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodHead, "http://localhost/v2/library/image/blobs/"+digest.FromBytes(layer).String()+"?ns=docker.io", nil)
		handler.ServeHTTP(recorder, request)
		t.Logf("request %d: %d after %d ms %s", i+1, recorder.Code, time.Since(start).Milliseconds(), recorder.Body)
		if recorder.Code != http.StatusOK {
			t.Errorf("request %d: %d, though a peer with the layer is known", i+1, recorder.Code)
		}
	}
}

func TestIterator(t *testing.T) {
	for name, release := range map[string]func(*routing.Iterator, routing.Peer){
		"the first peer fails":          (*routing.Iterator).Remove,
		"the first peer is free again":  (*routing.Iterator).Release,
		"the first peer is still asked": func(*routing.Iterator, routing.Peer) {},
	} {
		t.Run(name, func(t *testing.T) {
			iterator := routing.NewIterator()
			iterator.Add(routing.Peer{Host: "first"})
			first, _ := iterator.Acquire()
			iterator.Add(routing.Peer{Host: "second"})
			release(iterator, first)
			select {
			case <-iterator.Ready():
			default:
				_, ok := iterator.Acquire()
				t.Errorf("not ready, though Acquire gives a peer (%v)", ok)
			}
		})
	}
}

const (
	found  = 5 * time.Millisecond  // from one provider to the next
	answer = 20 * time.Millisecond // of a peer
)

func TestFirstProviderIsEmptied(t *testing.T) {
	ask(t, 3, found, emptied(t, answer), good(t, "good", answer))
}

func TestFirstProviderIsSilent(t *testing.T) {
	ask(t, 3, found, silent(t), good(t, "good", answer))
}

func TestAllProvidersAreGood(t *testing.T) {
	ask(t, 3, found, good(t, "one", answer), good(t, "two", answer))
}

func TestAllKnownAtOnce(t *testing.T) {
	ask(t, 3, 0, silent(t), good(t, "good", answer))
}
