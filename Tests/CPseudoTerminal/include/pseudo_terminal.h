#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Starts a program in a session of its own at a new pseudo-terminal, so that signals, job control
/// and hang-ups reach it as they would from a real one. Arguments and variables are separated by
/// newlines. Gives its process, or -1; the terminal's other end is put into `master`.
pid_t spawn_at_terminal(
  const char *path, const char *arguments, const char *variables, const char *folder,
  uint16_t columns, int *master);

/// Gives the terminal another width, as dragging a window's edge does.
void resize_terminal(int master, uint16_t columns);

/// The terminal's settings, as `stty -g` would write them, into `text`.
void terminal_settings(int master, char *text, size_t size);
