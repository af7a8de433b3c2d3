#include "pseudo_terminal.h"
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static char **split(const char *text) {
  size_t count = 1;
  for (const char *c = text; *c; c++) count += *c == '\n';
  char **list = calloc(count + 1, sizeof *list);
  char *copy = strdup(text);
  char *rest = NULL;
  size_t index = 0;
  // Tests run at the same time, and strtok has one state for all.
  for (char *word = strtok_r(copy, "\n", &rest); word; word = strtok_r(NULL, "\n", &rest)) list[index++] = word;
  return list;
}

pid_t spawn_at_terminal(
  const char *path, const char *arguments, const char *variables, const char *folder,
  uint16_t columns, int *master) {
  char **argv = split(arguments);
  char **envp = split(variables);
  struct winsize size = {.ws_row = 24, .ws_col = columns};
  pid_t process = forkpty(master, NULL, NULL, &size);
  if (process == 0) {
    if (chdir(folder) != 0) _exit(126);
    execve(path, argv, envp);
    _exit(127);
  }
  return process;
}

void resize_terminal(int master, uint16_t columns) {
  struct winsize size = {.ws_row = 24, .ws_col = columns};
  ioctl(master, TIOCSWINSZ, &size);
}

void terminal_settings(int master, char *text, size_t size) {
  struct termios settings;
  text[0] = 0;
  if (tcgetattr(master, &settings) != 0) return;
  int length = snprintf(
    text, size, "%x:%x:%x:%x", settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag);
  for (int i = 0; i < NCCS && length < (int)size; i++)
    length += snprintf(text + length, size - length, ":%x", settings.c_cc[i]);
}
