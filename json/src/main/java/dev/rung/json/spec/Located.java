package dev.rung.json.spec;

import dev.rung.json.Yaml;

/** A value with the place in the file where it stands. */
public record Located<T>(T value, Yaml.Place place) {}
