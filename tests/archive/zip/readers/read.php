<?php
// Reads the archives whose paths come on standard input with libzip, through PHP's ZipArchive, and prints for each of
// them a line of JSON: the files with the digest of their contents, or why it was refused.

function view(string $path): array
{
    $archive = new ZipArchive();
    $status = $archive->open($path, ZipArchive::RDONLY);
    if ($status !== true) {
        return ['error' => "open: $status"];
    }
    $files = [];
    for ($at = 0; $at < $archive->numFiles; $at++) {
        $name = $archive->getNameIndex($at);
        $content = $archive->getFromIndex($at);
        if ($name === false || $content === false) {
            return ['error' => 'read: ' . $archive->getStatusString()];
        }
        if ($content !== '' || !str_ends_with($name, '/')) {
            $files[] = [$name, hash('sha256', $content)];
        }
    }
    $archive->close();
    return ['files' => $files];
}

error_reporting(0);
while (($path = fgets(STDIN)) !== false) {
    $path = rtrim($path, "\n");
    echo json_encode(['reader' => 'libzip', 'path' => $path] + view($path), JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
