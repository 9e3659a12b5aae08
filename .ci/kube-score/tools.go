//go:build tools

// Package score pins the linter of manifests.
package score

import _ "github.com/zegl/kube-score/cmd/kube-score"
