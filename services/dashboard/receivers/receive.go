// A receiver of Newswire webhooks, standard library only.
// Start: SECRET=whsec_... PORT=8000 go run receive.go
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	tolerance    = 5 * time.Minute
	bodyBytesMax = 8 << 20
)

var key []byte

// Keep these in your database, in one transaction with what you do.
var (
	lock     sync.Mutex
	seen     = map[string]bool{}
	versions = map[string]int64{}
)

// Over the raw body: a body that was parsed and written again has other bytes.
func isAuthentic(header http.Header, body []byte) bool {
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	age := time.Since(time.Unix(seconds, 0))
	if age > tolerance || age < -tolerance {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.", header.Get("webhook-id"), timestamp)
	mac.Write(body)
	right := mac.Sum(nil)
	// While a secret is rotated there are several, by the old and by the new one.
	for _, each := range strings.Fields(header.Get("webhook-signature")) {
		version, given, _ := strings.Cut(each, ",")
		bytes, err := base64.StdEncoding.DecodeString(given)
		if version == "v1" && err == nil && hmac.Equal(bytes, right) {
			return true
		}
	}
	return false
}

type event struct {
	Type string `json:"type"`
	Data struct {
		URI       string `json:"uri"`
		Challenge string `json:"challenge"`
		// A number in a thin event, text in ninjs.
		Version json.Number `json:"version"`
	} `json:"data"`
}

func take(id string, it event) map[string]string {
	// A new address is asked once whether it is yours.
	if it.Type == "webhook.verify" {
		return map[string]string{"challenge": it.Data.Challenge}
	}
	if !strings.HasPrefix(it.Type, "item.") {
		return map[string]string{}
	}
	lock.Lock()
	defer lock.Unlock()
	if seen[id] {
		return map[string]string{"newswire": "duplicate"}
	}
	seen[id] = true
	item := it.Data.URI
	// The body's own: headers of that name are not signed.
	version, _ := it.Data.Version.Int64()
	if version < versions[item] {
		return map[string]string{"newswire": "stale"}
	}
	versions[item] = version
	// A kill: take the item down everywhere. It has no text any more; keep its version.
	if it.Type == "item.withdrawn" {
		fmt.Println("remove", item)
	} else {
		fmt.Println("store", item, "version", version)
	}
	return map[string]string{"newswire": "processed"}
}

func receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyBytesMax))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if !isAuthentic(r.Header, body) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var it event
	if err := json.Unmarshal(body, &it); err != nil || it.Type == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.Header().Set("content-type", "application/json")
	json.NewEncoder(w).Encode(take(r.Header.Get("webhook-id"), it))
}

func main() {
	var err error
	key, err = base64.StdEncoding.DecodeString(strings.TrimPrefix(os.Getenv("SECRET"), "whsec_"))
	if err != nil || len(key) == 0 {
		log.Fatal("SECRET is whsec_ and base64")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8000"
	}
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on {\"port\":%d}\n", listener.Addr().(*net.TCPAddr).Port)
	server := &http.Server{Handler: http.HandlerFunc(receive), ReadTimeout: 30 * time.Second}
	log.Fatal(server.Serve(listener))
}
