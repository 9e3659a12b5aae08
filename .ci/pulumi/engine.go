//go:build engine

// Package engine pins Pulumi's engine, of which the tests need a program.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
