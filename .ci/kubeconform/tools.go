//go:build tools

// Package kubeconform pins the check of manifests against schemas.
package kubeconform

import _ "github.com/yannh/kubeconform/cmd/kubeconform"
