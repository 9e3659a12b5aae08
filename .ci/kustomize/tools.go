//go:build tools

// Package kustomize pins the program that builds overlays.
package kustomize

import _ "sigs.k8s.io/kustomize/kustomize/v5"
