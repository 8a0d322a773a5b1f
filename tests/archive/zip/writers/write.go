// Packs each FOLDER into OUT with Go's archive/zip: as its documentation shows, and with AddFS.
// Usage: write FOLDER OUT [FOLDER OUT]...
package main

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func pack(path string, fill func(*zip.Writer) error) {
	file, err := os.Create(path)
	must(err)
	archive := zip.NewWriter(file)
	must(fill(archive))
	must(archive.Close())
	must(file.Close())
}

func main() {
	for at := 1; at < len(os.Args); at += 2 {
		folder, out := os.DirFS(os.Args[at]), os.Args[at+1]
		pack(filepath.Join(out, "Go archive-zip, Create.zip"), func(archive *zip.Writer) error {
			return fs.WalkDir(folder, ".", func(path string, found fs.DirEntry, err error) error {
				if err != nil || found.IsDir() {
					return err
				}
				content, err := fs.ReadFile(folder, path)
				must(err)
				entry, err := archive.Create(path)
				must(err)
				_, err = entry.Write(content)
				return err
			})
		})
		pack(filepath.Join(out, "Go archive-zip, AddFS.zip"), func(archive *zip.Writer) error {
			return archive.AddFS(folder)
		})
	}
}
