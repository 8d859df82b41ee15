package dev.rung.intake.taskfile;

import dev.rung.json.Yaml;

/** A value with the place in the file where it stands. */
record Located<T>(T value, Yaml.Place place) {}
