<?php
// Packs each FOLDER into OUT with ZipArchive, which is libzip. Usage: php write.php FOLDER OUT [FOLDER OUT]...
foreach (array_chunk(array_slice($argv, 1), 2) as [$folder, $out]) {
    $archive = new ZipArchive();
    $archive->open("$out/PHP ZipArchive.zip", ZipArchive::CREATE);
    $found = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS));
    foreach ($found as $file) {
        $archive->addFile($file->getPathname(), substr($file->getPathname(), strlen($folder) + 1));
    }
    $archive->close() or exit(1);
}
