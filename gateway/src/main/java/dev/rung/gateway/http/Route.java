package dev.rung.gateway.http;

/**
 * A method and path, and what answers there.
 *
 * @param path as sent, without the query; one that ends with a slash takes any single further segment
 * @param below whether it takes further segments too, as names of models have that contain a slash
 * @param kind what a request on it costs
 */
public record Route(String method, String path, boolean below, Kind kind, Endpoint endpoint) {
    /** What a request costs, hence how it is governed. */
    public enum Kind {
        /** No body, and an answer at once: always let in, so that health can be asked under any load. */
        LOOK_UP,
        /** A JSON body and real work: takes one of the places in flight. */
        WORK
    }

    public static Route get(String path, Endpoint endpoint) {
        return new Route("GET", path, false, Kind.LOOK_UP, endpoint);
    }

    /** Returns the route of everything below {@code path}, which ends with a slash. */
    public static Route getBelow(String path, Endpoint endpoint) {
        return new Route("GET", path, true, Kind.LOOK_UP, endpoint);
    }

    public static Route post(String path, Endpoint endpoint) {
        return new Route("POST", path, false, Kind.WORK, endpoint);
    }

    boolean matches(String requested) {
        if (!path.endsWith("/")) {
            return path.equals(requested);
        }
        return requested.length() > path.length()
                && requested.startsWith(path)
                && (below || requested.indexOf('/', path.length()) < 0);
    }

    String rest(String requested) {
        return path.endsWith("/") ? requested.substring(path.length()) : "";
    }
}
