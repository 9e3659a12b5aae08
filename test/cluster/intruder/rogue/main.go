// Rogue is an address that mirrors are led to by somebody who means harm: rogue PORT... It takes every connection and prints
// the first bytes of each as a line of JSON.
package main

import (
	"encoding/json"
	"net"
	"os"
	"time"
)

type heard struct {
	Port string `json:"port"`
	Text string `json:"text"`
}

func main() {
	out := make(chan heard)
	for _, port := range os.Args[1:] {
		listener, err := net.Listen("tcp", ":"+port)
		if err != nil {
			panic(err)
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
					_, _ = connection.Write([]byte("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
				}()
			}
		}()
	}
	encoder := json.NewEncoder(os.Stdout)
	for line := range out {
		_ = encoder.Encode(line)
	}
}
