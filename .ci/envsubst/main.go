// Command envsubst substitutes variables in objects as Flux's kustomize-controller does after its build: by Flux's own function, which
// leaves an object that is annotated or labelled with kustomize.toolkit.fluxcd.io/substitute: disabled as it is.
//
//	envsubst NAME=VALUE... <objects.yaml >substituted.yaml
//	envsubst --parse <objects.yaml
//
// With --parse it only parses the text of each object, annotated or not, prints which ones the parser refuses, and fails if any does.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "envsubst:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	objects, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(text)
	if err != nil {
		return err
	}
	if len(objects) == 0 {
		return errors.New("no object on stdin")
	}
	if len(args) == 1 && args[0] == "--parse" {
		return parse(objects, out)
	}
	return substitute(objects, args, out)
}

func parse(objects []*resource.Resource, out io.Writer) error {
	refused := 0
	for _, object := range objects {
		text, err := object.AsYAML()
		if err != nil {
			return err
		}
		if _, err := envsubst.Parse(string(text)); err != nil {
			refused++
			fmt.Fprintf(out, "%s: %v\n", nameOf(object), err)
		}
	}
	if refused > 0 {
		return fmt.Errorf("the parser refuses %d of %d objects", refused, len(objects))
	}
	fmt.Fprintf(out, "the parser takes all %d objects\n", len(objects))
	return nil
}

func substitute(objects []*resource.Resource, args []string, out io.Writer) error {
	variables := map[string]any{}
	for _, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if !found {
			return fmt.Errorf("got %q; expected NAME=VALUE", arg)
		}
		variables[name] = value
	}
	settings := unstructured.Unstructured{Object: map[string]any{
		"spec": map[string]any{"postBuild": map[string]any{"substitute": variables}},
	}}
	var all bytes.Buffer
	for _, object := range objects {
		// Without a cluster, as all variables are in the settings. It returns nothing for an object that it leaves alone.
		changed, err := kustomize.SubstituteVariables(context.Background(), nil, settings, object, kustomize.SubstituteWithDryRun(true))
		if err != nil {
			return fmt.Errorf("%s: %w", nameOf(object), err)
		}
		if changed != nil {
			object = changed
		}
		text, err := object.AsYAML()
		if err != nil {
			return err
		}
		all.WriteString("---\n")
		all.Write(text)
	}
	_, err := out.Write(all.Bytes())
	return err
}

func nameOf(object *resource.Resource) string {
	return strings.TrimPrefix(object.GetKind()+"/"+object.GetNamespace()+"/"+object.GetName(), "/")
}
