// Reporter plays the reporter of the Node Readiness Controller, by the same variables: it writes into a condition of its node
// whether an endpoint answers with 2xx. `reporter ask METHOD PATH` sends standard input to the API server instead, with the
// same token, and prints status and answer.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"
)

const mounted = "/var/run/secrets/kubernetes.io/serviceaccount/"

func main() {
	if len(os.Args) == 4 && os.Args[1] == "ask" {
		body, err := io.ReadAll(os.Stdin)
		if err != nil {
			fail(err)
		}
		status, answer, err := ask(os.Args[2], os.Args[3], body)
		if err != nil {
			fail(err)
		}
		fmt.Printf("%d %s\n", status, answer)
		return
	}
	interval, err := time.ParseDuration(os.Getenv("CHECK_INTERVAL"))
	if err != nil {
		fail(err)
	}
	for ; ; time.Sleep(interval) {
		if err := report(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// report writes the condition if it changed.
func report() error {
	status := "False"
	client := http.Client{Timeout: 10 * time.Second}
	if answer, err := client.Get(os.Getenv("CHECK_ENDPOINT")); err == nil {
		answer.Body.Close()
		if answer.StatusCode/100 == 2 {
			status = "True"
		}
	}
	path := "/api/v1/nodes/" + os.Getenv("NODE_NAME")
	code, body, err := ask(http.MethodGet, path, nil)
	if err != nil || code != http.StatusOK {
		return fmt.Errorf("get %s: %d %s %v", path, code, body, err)
	}
	var node map[string]any
	if err := json.Unmarshal(body, &node); err != nil {
		return err
	}
	if !set(node, status) {
		return nil
	}
	whole, err := json.Marshal(node)
	if err != nil {
		return err
	}
	code, body, err = ask(http.MethodPut, path+"/status", whole)
	if err != nil || code != http.StatusOK {
		return fmt.Errorf("put %s/status: %d %s %v", path, code, body, err)
	}
	fmt.Println(os.Getenv("CONDITION_TYPE"), status)
	return nil
}

// set puts the condition into a node, and says whether that changed anything.
func set(node map[string]any, status string) bool {
	now := time.Now().UTC().Format(time.RFC3339)
	condition := map[string]any{
		"type": os.Getenv("CONDITION_TYPE"), "status": status, "reason": "Played",
		"lastHeartbeatTime": now, "lastTransitionTime": now,
	}
	its := node["status"].(map[string]any)
	// As the real one does, which knows Kubernetes 1.36 and sends whole nodes.
	delete(its["nodeInfo"].(map[string]any), "runningInUserNamespace")
	conditions, _ := its["conditions"].([]any)
	for i, one := range conditions {
		if before := one.(map[string]any); before["type"] == condition["type"] {
			conditions[i] = condition
			return before["status"] != status
		}
	}
	its["conditions"] = append(conditions, condition)
	return true
}

// ask sends a request to the API server, which the kubelet names.
func ask(method, path string, body []byte) (int, []byte, error) {
	ca, err := os.ReadFile(mounted + "ca.crt")
	if err != nil {
		return 0, nil, err
	}
	token, err := os.ReadFile(mounted + "token")
	if err != nil {
		return 0, nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	client := http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true},
	}
	server := net.JoinHostPort(os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT"))
	request, err := http.NewRequest(method, "https://"+server+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	request.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}
