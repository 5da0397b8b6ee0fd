/** What the instructions of a Dockerfile do, in one sentence each. */

export const PAGE = 'https://docs.docker.com/reference/dockerfile/';

interface InstructionFacts {
  readonly detail: string;
  readonly isDeprecated?: true;
}

export const INSTRUCTIONS: Readonly<Record<string, InstructionFacts>> = {
  ADD: { detail: 'Adds files from the build context, URLs or archives' },
  ARG: { detail: 'Declares a variable of the build' },
  CMD: { detail: 'The command of the container, if none is given' },
  COPY: { detail: 'Copies files from the build context or another stage' },
  ENTRYPOINT: { detail: 'The program of the container' },
  ENV: { detail: 'Sets a variable for the build and the container' },
  EXPOSE: { detail: 'Documents a port that the container listens on' },
  FROM: { detail: 'Begins a stage with an image or another stage' },
  HEALTHCHECK: { detail: 'How the health of the container is checked' },
  LABEL: { detail: 'Adds metadata to the image' },
  MAINTAINER: { detail: 'Deprecated: use a LABEL', isDeprecated: true },
  ONBUILD: { detail: 'An instruction for images that are built on this one' },
  RUN: { detail: 'Runs commands in the build' },
  SHELL: { detail: 'The shell for commands in shell form' },
  STOPSIGNAL: { detail: 'The signal that stops the container' },
  USER: { detail: 'The user for later instructions and the container' },
  VOLUME: { detail: 'Creates a mount point for data' },
  WORKDIR: { detail: 'The directory for later instructions and the container' },
};
