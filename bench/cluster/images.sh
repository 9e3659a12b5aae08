# Functions of the bench that make and remove images on a node. They need node.sh.

# make_image REFERENCE LAYERS BYTES ARCHITECTURE HOST...: an image of random layers, not compressed, that containerd holds as if it had
# been pulled from each host: Spegel offers what has that label. Prints the digest and size of its manifest, and of each layer.
make_image() {
  local reference=$1 layers=$2 bytes=$3 architecture=$4 folder=/work/image i digest size ids='' descriptors='' repository label=''
  shift 4
  find_ctr
  repository=${reference#*/}
  for i in "$@"; do label="$label containerd.io/distribution.source.$i=${repository%:*}"; done
  rm -rf "$folder" && mkdir -p "$folder/blobs/sha256" "$folder/content"
  i=0
  while [ "$i" -lt "$layers" ]; do
    # Spegel takes a tar that begins with a digit for JSON, and never offers it.
    head -c "$bytes" /dev/urandom >"$folder/content/file-$i"
    digest=$(tar -C "$folder/content" -cf - "file-$i" | tee "$folder/layer" | sha256sum | cut -d' ' -f1)
    size=$(stat -c %s "$folder/layer")
    rm "$folder/content/file-$i"
    mv "$folder/layer" "$folder/blobs/sha256/$digest"
    ids="$ids${ids:+,}\"sha256:$digest\""
    descriptors="$descriptors${descriptors:+,}$(descriptor layer.v1.tar "$digest" "$size")"
    echo "layer sha256:$digest $size"
    i=$((i + 1))
  done
  blob config.v1+json "{\"architecture\":\"$architecture\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[$ids]}}"
  blob manifest.v1+json "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":$described,\"layers\":[$descriptors]}"
  echo "manifest $digest $size"
  printf '{"schemaVersion":2,"manifests":[%s]}' "${described%\}},\"annotations\":{\"io.containerd.image.name\":\"$reference\"}}" >"$folder/index.json"
  printf '{"imageLayoutVersion":"1.0.0"}' >"$folder/oci-layout"
  tar -C "$folder" -cf - oci-layout index.json blobs | containerd images import --no-unpack - >/dev/null
  for i in "$folder"/blobs/sha256/*; do
    # shellcheck disable=SC2086 # one word for each host
    containerd content label "sha256:${i##*/}" $label >/dev/null
  done
  rm -rf "$folder"
}

# blob TYPE TEXT: writes it beside the layers, and sets digest, size and described
blob() {
  printf %s "$2" >"$folder/blob"
  digest=$(sha256sum "$folder/blob" | cut -d' ' -f1)
  size=$(stat -c %s "$folder/blob")
  mv "$folder/blob" "$folder/blobs/sha256/$digest"
  described=$(descriptor "$1" "$digest" "$size")
  digest=sha256:$digest
}

# descriptor TYPE DIGEST SIZE
descriptor() { printf '{"mediaType":"application/vnd.oci.image.%s","digest":"sha256:%s","size":%s}' "$@"; }

# remove_images PREFIX: removes images whose names begin so, and all of their content, now. The CRI plugin gives each image a second
# name a moment later, which would keep its content.
remove_images() {
  local digests rounds=0
  find_ctr
  digests=$(containerd images ls | while read -r name _ digest _; do case $name in "$1"*) echo "$digest" ;; esac done | sort -u)
  while [ -n "$digests" ] && [ "$rounds" -lt 3 ]; do
    # shellcheck disable=SC2046 # one word for each image
    set -- $(containerd images ls | grep -F "$digests" | cut -d' ' -f1)
    [ "$#" = 0 ] || containerd images rm --sync "$@" >/dev/null
    sleep 0.5
    rounds=$((rounds + 1))
  done
}
