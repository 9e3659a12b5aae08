// Program external-secrets renders templates as the External Secrets Operator does (engine v2): Go's text/template with sprig's functions
// but those that read the environment, where a missing key is an error. It takes {"template": {name: text}, "data": {name: value}} on
// stdin, and prints {name: text}.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
)

func main() {
	var input struct {
		Template map[string]string
		Data     map[string]string
	}
	err := json.NewDecoder(os.Stdin).Decode(&input)
	rendered := map[string]string{}
	for name, text := range input.Template {
		if err == nil {
			rendered[name], err = render(name, text, input.Data)
		}
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(rendered)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func render(name, text string, data map[string]string) (string, error) {
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	parsed, err := template.New(name).Option("missingkey=error").Funcs(functions).Parse(text)
	if err != nil {
		return "", err
	}
	var output strings.Builder
	err = parsed.Execute(&output, data)
	return output.String(), err
}
