// Rogue is an address that mirrors are led to by somebody who means harm: rogue PORT... It takes every connection and prints
// the first bytes of each as a line of JSON. With -certificate FOLDER it is a peer with tls.crt and tls.key that means harm: it has every
// blob, of the content type -type.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"os"
	"time"
)

type heard struct {
	Port string `json:"port"`
	Text string `json:"text"`
}

func main() {
	certificate := flag.String("certificate", "", "folder with a peer's certificate and key")
	kind := flag.String("type", "application/octet-stream", "content type of what a peer has")
	flag.Parse()
	answer := "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
	if *certificate != "" {
		answer = fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 7\r\nConnection: close\r\n\r\n", *kind)
	}
	out := make(chan heard)
	for _, port := range flag.Args() {
		listener, err := net.Listen("tcp", ":"+port)
		if err != nil {
			panic(err)
		}
		if *certificate != "" {
			pair, err := tls.LoadX509KeyPair(*certificate+"/tls.crt", *certificate+"/tls.key")
			if err != nil {
				panic(err)
			}
			listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}})
		}
		go func() {
			for {
				connection, err := listener.Accept()
				if err != nil {
					panic(err)
				}
				go func() {
					defer connection.Close()
					_ = connection.SetDeadline(time.Now().Add(5 * time.Second))
					buffer := make([]byte, 8192)
					n, _ := connection.Read(buffer)
					out <- heard{port, string(buffer[:n])}
					_, _ = connection.Write([]byte(answer))
				}()
			}
		}()
	}
	encoder := json.NewEncoder(os.Stdout)
	for line := range out {
		_ = encoder.Encode(line)
	}
}
