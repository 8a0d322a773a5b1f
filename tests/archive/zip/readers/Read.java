import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Reads each archive named on standard input in the three ways of the JDK, and prints what each saw as JSON. */
public class Read {
    interface Reader {
        List<String> files(Path path) throws Exception;
    }

    public static void main(String[] arguments) throws IOException {
        var paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String path = paths.readLine(); path != null; path = paths.readLine()) {
            report(out, "Java ZipFile", path, Read::fromFile);
            report(out, "Java ZipInputStream", path, Read::fromStream);
            report(out, "Java zipfs", path, Read::fromFileSystem);
        }
        out.flush();
    }

    static void report(PrintStream out, String reader, String path, Reader way) {
        String seen;
        try {
            seen = "\"files\": [" + String.join(", ", way.files(Path.of(path))) + "]";
        } catch (Exception error) {
            seen = "\"files\": [], \"error\": " + quoted(String.valueOf(error));
        }
        out.println("{\"reader\": " + quoted(reader) + ", \"path\": " + quoted(path) + ", " + seen + "}");
    }

    static List<String> fromFile(Path path) throws Exception {
        var files = new ArrayList<String>();
        try (var archive = new ZipFile(path.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                try (InputStream content = archive.getInputStream(entry)) {
                    add(files, entry.getName(), content.readAllBytes());
                }
            }
        }
        return files;
    }

    static List<String> fromStream(Path path) throws Exception {
        var files = new ArrayList<String>();
        try (var archive = new ZipInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                add(files, entry.getName(), archive.readAllBytes());
            }
        }
        return files;
    }

    static List<String> fromFileSystem(Path path) throws Exception {
        var files = new ArrayList<String>();
        try (FileSystem archive = FileSystems.newFileSystem(path); Stream<Path> found = Files.walk(archive.getPath("/"))) {
            for (Path file : (Iterable<Path>) found::iterator) {
                if (!Files.isDirectory(file)) {
                    add(files, file.toString().substring(1), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    static void add(List<String> files, String name, byte[] content) throws Exception {
        if (!name.endsWith("/") || content.length > 0) {
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            files.add("[" + quoted(name) + ", " + quoted(digest) + "]");
        }
    }

    static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (char each : text.toCharArray()) {
            json.append(each < ' ' || each > '~' || each == '"' || each == '\\' ? String.format("\\u%04x", (int) each) : each);
        }
        return json.append('"').toString();
    }
}
