package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.ladder.certificate.Verification.Check;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares the files of a release's folder with the hashes in its certificate. */
record ReleaseFiles(Path folder, Json.Obj expected) {
    List<Check> check() {
        List<Check> checks = new ArrayList<>();
        for (String path : expected.members().keySet()) {
            checks.add(check(path, new Sha256(expected.string(path))));
        }
        Set<String> surplus = new TreeSet<>(present());
        surplus.removeAll(expected.members().keySet());
        surplus.remove(Certificate.FILE);
        checks.add(new Check(
                "no other files",
                surplus.isEmpty(),
                surplus.isEmpty() ? "none" : "the certificate does not know " + String.join(", ", surplus)));
        return checks;
    }

    private Check check(String path, Sha256 wanted) {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder.normalize())) {
            return new Check(path, false, "lies outside the folder");
        }
        if (!Files.isRegularFile(file)) {
            return new Check(path, false, "is missing");
        }
        Sha256 found = hash(file);
        if (found.equals(wanted)) {
            return new Check(path, true, "SHA-256 " + found.brief());
        }
        String where = path.startsWith(Certificate.OUTCOMES) ? fault(file) : "";
        return new Check(
                path,
                false,
                "has changed: SHA-256 is " + found.brief() + ", the certificate says " + wanted.brief() + where);
    }

    private static String fault(Path file) {
        String fault = OutcomeFile.read(bytes(file)).fault();
        return "; " + (fault == null ? "lines are missing or added at the end" : fault);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Sha256 hash(Path file) {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.of(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Set<String> present() {
        try (Stream<Path> paths = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            paths.filter(Files::isRegularFile)
                    .forEach(
                            path -> names.add(folder.relativize(path).toString().replace('\\', '/')));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
