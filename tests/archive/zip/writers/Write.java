import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.lingala.zip4j.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.tools.ant.Project;
import org.apache.tools.ant.taskdefs.Zip;

/** Packs each FOLDER into OUT with the zip writers of Java. Usage: Write FOLDER OUT [FOLDER OUT]... */
public class Write {
    interface Writer {
        void write(Path folder, List<Path> files, Path archive) throws Exception;
    }

    static final Map<String, Writer> WRITERS =
            Map.of(
                    "Java ZipOutputStream", Write::withStream,
                    "Java ZipOutputStream, stored", Write::withStreamStored,
                    "Java zipfs", Write::withFileSystem,
                    "Commons Compress", Write::withCommons,
                    "Commons Compress to a pipe", Write::withCommonsToPipe,
                    "zip4j", Write::withZip4j,
                    "Ant", Write::withAnt);

    public static void main(String[] arguments) throws Exception {
        for (int at = 0; at < arguments.length; at += 2) {
            Path folder = Path.of(arguments[at]);
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
            }
            for (var writer : WRITERS.entrySet()) {
                writer.getValue().write(folder, files, Path.of(arguments[at + 1], writer.getKey() + ".zip"));
            }
        }
    }

    static void withStream(Path folder, List<Path> files, Path archive) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : files) {
                out.putNextEntry(new ZipEntry(file.toString()));
                Files.copy(folder.resolve(file), out);
                out.closeEntry();
            }
        }
    }

    static void withStreamStored(Path folder, List<Path> files, Path archive) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : files) {
                byte[] content = Files.readAllBytes(folder.resolve(file));
                var checksum = new CRC32();
                checksum.update(content);
                var entry = new ZipEntry(file.toString());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(checksum.getValue());
                out.putNextEntry(entry);
                out.write(content);
                out.closeEntry();
            }
        }
    }

    static void withFileSystem(Path folder, List<Path> files, Path archive) throws IOException {
        try (FileSystem out = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            for (Path file : files) {
                Path target = out.getPath("/" + file);
                Files.createDirectories(target.getParent());
                Files.copy(folder.resolve(file), target);
            }
        }
    }

    static void withCommons(Path folder, List<Path> files, Path archive) throws IOException {
        fill(new ZipArchiveOutputStream(archive), folder, files);
    }

    static void withCommonsToPipe(Path folder, List<Path> files, Path archive) throws IOException {
        fill(new ZipArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive))), folder, files);
    }

    static void fill(ZipArchiveOutputStream out, Path folder, List<Path> files) throws IOException {
        try (out) {
            for (Path file : files) {
                out.putArchiveEntry(new ZipArchiveEntry(folder.resolve(file).toFile(), file.toString()));
                Files.copy(folder.resolve(file), out);
                out.closeArchiveEntry();
            }
        }
    }

    static void withZip4j(Path folder, List<Path> files, Path archive) throws Exception {
        try (var out = new ZipFile(archive.toFile())) {
            for (File member : folder.toFile().listFiles()) {
                if (member.isDirectory()) {
                    out.addFolder(member);
                } else {
                    out.addFile(member);
                }
            }
        }
    }

    static void withAnt(Path folder, List<Path> files, Path archive) {
        var task = new Zip();
        task.setProject(new Project());
        task.setBasedir(folder.toFile());
        task.setDestFile(archive.toFile());
        task.execute();
    }
}
