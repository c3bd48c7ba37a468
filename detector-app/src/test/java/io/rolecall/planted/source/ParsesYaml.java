package io.rolecall.planted.source;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

final class ParsesYaml {

    static String name() {
        return new YAMLFactory().getFormatName();
    }
}
