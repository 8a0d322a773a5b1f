// Reads each archive named on standard input with Go's archive/zip, and prints what it saw as a line of JSON.
package main

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
)

type view struct {
	Reader string      `json:"reader"`
	Path   string      `json:"path"`
	Error  string      `json:"error,omitempty"`
	Files  [][2]string `json:"files"`
}

func read(path string) (files [][2]string, err error) {
	files = [][2]string{}
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	for _, entry := range archive.File {
		stream, err := entry.Open()
		if err != nil {
			return nil, err
		}
		digest := sha256.New()
		length, err := io.Copy(digest, stream)
		stream.Close()
		if err != nil {
			return nil, err
		}
		name := entry.Name
		if entry.Mode()&os.ModeSymlink != 0 {
			name = "link: " + name
		}
		if !entry.FileInfo().IsDir() || length > 0 {
			files = append(files, [2]string{name, hex.EncodeToString(digest.Sum(nil))})
		}
	}
	return files, nil
}

func main() {
	paths := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewEncoder(out)
	for paths.Scan() {
		seen := view{Reader: "Go archive/zip", Path: paths.Text()}
		files, err := read(seen.Path)
		if err != nil {
			seen.Error = err.Error()
		}
		seen.Files = files
		lines.Encode(seen)
	}
}
