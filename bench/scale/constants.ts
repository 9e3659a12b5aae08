import { assumption, measured, source } from './constant';

const HERE = '`test/integration/measure-scale.ts`';
const SPEGEL = 'Spegel v0.7.3';
const DHT = 'go-libp2p-kad-dht v0.41.0';
const LIBP2P = 'go-libp2p v0.48.0';

/** Numbers of the proxy, of Spegel and its libraries, of Kubernetes and of containerd. */
export const constants = {
  handshakeServed: measured(
    0.4,
    'ms of CPU for a handshake where it is served',
    `${HERE}; ECDSA P-256, both certificates`,
  ),
  handshakeDialled: measured(0.46, 'ms of CPU for a handshake where it is dialled', HERE),
  proxyIdle: measured(68, 'MiB of the proxy at rest', HERE),
  stream: measured(
    0.53,
    'MiB of a stream whose reader is slow, buffers of 256 KiB',
    `${HERE}; 64 streams that nobody reads`,
  ),
  connection: measured(57, 'KiB of an idle connection of a peer', `${HERE}; 1,000 connections after a request each`),
  routerConnection: measured(33, 'KiB of a connection of a router', `${HERE}; 1,000 connections`),
  servingCpu: measured(
    1.29,
    's of CPU for each GiB served: proxy 1.15, Spegel 0.14',
    'real pulls of 1 GiB between two nodes on the direct path, load 22',
  ),
  udpAddresses: measured(
    70,
    'addresses that fit into an answer of DNS by UDP',
    'CoreDNS 1.14.6 and Go 1.26: 50 came by UDP, 100 by TCP; computed in between, 1,232 bytes and 16 for each',
  ),
  tcpAddresses: measured(
    4091,
    'addresses that fit into an answer of DNS at all',
    'CoreDNS 1.14.6 and Go 1.26: of 4,100 and of 5,000 came 4,091, without an error',
  ),

  workers: source(2, 'workers of the proxy, each with pools of its own', '`src/mirror/auth-proxy/proxy-container.ts`'),
  idleTimeout: source(60, 's until an idle connection between peers ends', '`src/mirror/envoy/clusters.ts`'),
  connectionDuration: source(600, 's until a connection ends in any case', '`src/mirror/envoy/http.ts`'),
  providers: source(
    3,
    'holders that a lookup returns, in random order',
    `${SPEGEL}, \`--mirror-resolve-retries\`; ${DHT}, records: a Go map`,
  ),
  bootstrapPeers: source(
    3,
    'lowest addresses that every mirror dials at its start and each 30 minutes',
    `${SPEGEL}, DNSBootstrapper`,
  ),
  recordHolders: source(20, 'nodes that keep the records of a key; peers in a bucket', `${DHT}, DefaultBucketSize`),
  reprovide: source(900, 's in which a mirror advertises all that it holds again', `${SPEGEL}, AdvertiseTTL`),
  highWater: source(192, 'connections of a router above which it closes some, to 160', `${LIBP2P}, defaults.go`),
  grace: source(
    65,
    's that a new connection of a router stays open at least: 60, and 0 to 10 until the next look',
    `${LIBP2P}, connmgr`,
  ),
  libp2pInbound: measured(
    64,
    "connections that Spegel's router accepts, and as many more for each 8 GiB of the node",
    `${LIBP2P} with its defaults on 24 GiB accepted 252 of 400 and closed the others; SystemBaseLimit and AutoScale`,
  ),
  providerBytes: source(
    54,
    'bytes of a holder in the answer of a lookup: identity and address',
    `${DHT}, message Peer with one IPv4 address`,
  ),
  lookupAnswers: source(10, 'answers that a lookup gets in parallel', `${DHT}, DefaultConcurrency`),
  maxConcurrentDownloads: source(
    3,
    'layers that a node fetches at a time',
    'containerd, `max_concurrent_downloads`: for all images together from 2.1 on, for each image before',
  ),
  podsPerSecond: source(20, 'pods that a controller creates in a second', 'kube-controller-manager, `--kube-api-qps`'),
  podsBurst: source(30, 'pods that it creates at once', 'kube-controller-manager, `--kube-api-burst`'),
  syncLeast: source(60, 's between two looks of a kubelet at a Secret', 'kubelet, `syncFrequency`'),
  syncMost: source(90, 's, as the kubelet adds up to half', 'kubelet, `workerResyncIntervalJitterFactor`'),
  conntrack: source(131_072, 'connections that a node tracks at least', 'kube-proxy, `conntrack.min`'),
  watches: source(
    8,
    "Secrets and ConfigMaps of a mirror's pod, which its kubelet watches",
    'the emitted manifests, mutual TLS',
  ),
  certificates: source(
    3,
    'certificates of a stack, renewed every 20 days, however many nodes there are',
    'the emitted manifests, 720h',
  ),

  nodeMemory: assumption(16, 'GiB of memory of a node', 'a node of usual size'),
  blobs: assumption(500, 'blobs that a node holds', 'some 50 images of 10'),
  layers: assumption(10, 'layers of the new image', 'an image of usual size, 500 MiB'),
  layerMib: assumption(50, 'MiB of a layer', 'the same'),
  sends: assumption(1192, 'MiB/s that a node sends', '10 Gbit/s'),
  receives: assumption(200, 'MiB/s that a node receives and writes', 'its disk'),
  fromOrigin: assumption(50, 'MiB/s that a node gets from the origin, which has no limit', 'a registry nearby'),
  advertised: assumption(
    2,
    's from a fetched layer until other nodes find it',
    'a walk through the DHT and 20 messages',
  ),
};
