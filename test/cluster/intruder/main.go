// Intruder tries to join Spegel's mesh as a stranger, the way Spegel itself bootstraps: intruder IP:PORT KEY.
// KEY is a digest to ask for. Prints what it got as JSON; the exit code is 0 whether or not it got in.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/sec"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	ma "github.com/multiformats/go-multiaddr"
	mc "github.com/multiformats/go-multicodec"
	mh "github.com/multiformats/go-multihash"
)

type result struct {
	Joined     bool     `json:"joined"`     // the router took us into its mesh
	Peers      []string `json:"peers"`      // peers that it told us of
	Providers  []string `json:"providers"`  // who has KEY
	Advertised bool     `json:"advertised"` // it took our claim to have KEY
	Error      string   `json:"error"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: intruder IP:PORT KEY")
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	r := result{Peers: []string{}, Providers: []string{}}
	if err := intrude(ctx, os.Args[1], os.Args[2], &r); err != nil {
		r.Error = err.Error()
	}
	_ = json.NewEncoder(os.Stdout).Encode(r)
}

func intrude(ctx context.Context, address, key string, r *result) error {
	ip, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	target, err := ma.NewMultiaddr(fmt.Sprintf("/ip4/%s/tcp/%s", ip, port))
	if err != nil {
		return err
	}
	self, err := libp2p.New(
		libp2p.ListenAddrStrings("/ip4/0.0.0.0/tcp/0"),
		libp2p.ChainOptions(libp2p.NoTransports, libp2p.Transport(tcp.NewTCPTransport)),
	)
	if err != nil {
		return err
	}
	defer self.Close()
	mesh, err := dht.New(ctx, self, dht.Mode(dht.ModeServer), dht.ProtocolPrefix("/spegel"))
	if err != nil {
		return err
	}
	defer mesh.Close()

	// The router's identity is not known: a dial to a made-up one fails with the true one.
	key1, _, err := crypto.GenerateEd25519Key(nil)
	if err != nil {
		return err
	}
	id, err := peer.IDFromPrivateKey(key1)
	if err != nil {
		return err
	}
	err = self.Connect(ctx, peer.AddrInfo{ID: id, Addrs: []ma.Multiaddr{target}})
	var mismatch sec.ErrPeerIDMismatch
	if !errors.As(err, &mismatch) {
		return fmt.Errorf("dial: %w", err)
	}
	// From here on the router has talked to us.
	if err := self.Connect(ctx, peer.AddrInfo{ID: mismatch.Actual, Addrs: []ma.Multiaddr{target}}); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	for mesh.RoutingTable().Size() == 0 {
		select {
		case <-ctx.Done():
			return errors.New("connected, but the routing table stays empty")
		case <-time.After(50 * time.Millisecond):
		}
	}
	r.Joined = true
	select {
	case err := <-mesh.RefreshRoutingTable():
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	for _, id := range mesh.RoutingTable().ListPeers() {
		r.Peers = append(r.Peers, id.String())
	}
	content, err := cid.Prefix{Version: 1, Codec: uint64(mc.Raw), MhType: mh.SHA2_256, MhLength: -1}.Sum([]byte(key))
	if err != nil {
		return err
	}
	found, stop := context.WithTimeout(ctx, 4*time.Second)
	defer stop()
	for p := range mesh.FindProvidersAsync(found, content, 0) {
		r.Providers = append(r.Providers, p.ID.String())
	}
	r.Advertised = mesh.Provide(ctx, content, true) == nil
	return nil
}
