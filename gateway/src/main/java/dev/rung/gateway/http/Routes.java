package dev.rung.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All routes; few enough to be looked through one by one. */
record Routes(List<Route> all) {
    Routes {
        all = List.copyOf(all);
    }

    /** Returns the route for a method and path; {@code HEAD} finds {@code GET}'s. None is a 404, or a 405 that names the methods that there are. */
    Route find(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Route route : all) {
            if (route.method().equals(wanted) && route.matches(path)) {
                return route;
            }
        }
        SortedSet<String> methods = methods(path);
        if (methods.isEmpty()) {
            throw new Refused(Refusal.of(
                    404,
                    "unknown_path",
                    "There is no %s %s here. There is: %s."
                            .formatted(
                                    method,
                                    path,
                                    all.stream()
                                            .map(route -> route.method() + " " + route.path())
                                            .collect(Collectors.joining(", ")))));
        }
        String allow = String.join(", ", methods);
        throw new Refused(new Refusal(
                405,
                "method_not_allowed",
                "%s does not take %s; it takes %s.".formatted(path, method, allow),
                null,
                Map.of("allow", allow)));
    }

    /** Returns the methods that {@code path} takes; none for a path that is not there. */
    SortedSet<String> methods(String path) {
        SortedSet<String> methods = new TreeSet<>();
        for (Route route : all) {
            if (route.matches(path)) {
                methods.add(route.method());
                methods.add("OPTIONS");
                if (route.method().equals("GET")) {
                    methods.add("HEAD");
                }
            }
        }
        return methods;
    }
}
