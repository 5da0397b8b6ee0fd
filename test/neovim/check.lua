-- Run by test/vscode/neovim.mjs in a headless Neovim, in a folder with the files that are opened here: what an editor
-- without an extension of ours gets from the language server. Prints one line for each check; leaves with their result.
local failed = false

local function check(name, ok, seen)
  print((ok and 'ok ' or 'FAILED ') .. name .. (ok and '' or ': ' .. vim.inspect(seen)))
  failed = failed or not ok
end

local function wait(condition)
  return vim.wait(20000, condition, 50)
end

-- As docs/editors.md says.
vim.filetype.add({ filename = { ['user-data'] = 'yaml' } })
vim.lsp.config('bakelint', {
  cmd = { vim.env.BAKELINT_NODE, vim.env.BAKELINT_CLI, '--lsp' },
  filetypes = { 'dockerfile', 'hcl', 'yaml' },
  root_markers = { '.git' },
  init_options = { push = true },
  settings = { bakelint = { preset = 'strict' } },
})
vim.lsp.enable('bakelint')

local function open(path, window)
  vim.cmd((window and 'split ' or 'edit ') .. path)
  local buffer = vim.api.nvim_get_current_buf()
  check('attaches to ' .. path, wait(function() return #vim.lsp.get_clients({ bufnr = buffer }) > 0 end))
  return buffer
end

local function codes(buffer)
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(buffer))
end

local function ask(buffer, method, line, character, more)
  local uri = vim.uri_from_bufnr(buffer)
  local params = { textDocument = { uri = uri }, position = { line = line, character = character } }
  for key, value in pairs(more or {}) do params[key] = value end
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  for _, answer in pairs(answers) do return answer.result end
end

local dockerfile = open('Dockerfile')
local template = open('image.pkr.hcl', true)
local user_data = open('user-data', true)

-- Several windows: what is not focused has its findings too.
for name, pair in pairs({
  Dockerfile = { dockerfile, 'latest-tag' },
  ['image.pkr.hcl'] = { template, 'unused-variable' },
  ['user-data'] = { user_data, 'ssh-password-login' },
}) do
  local ok = wait(function() return vim.tbl_contains(codes(pair[1]), pair[2]) end)
  check('diagnostics of ' .. name, ok, codes(pair[1]))
end

local hover = ask(dockerfile, 'textDocument/hover', 0, 7)
check('hover', hover ~= nil and vim.inspect(hover):find('docker.io/library/node', 1, true) ~= nil, hover)

local renamed = ask(dockerfile, 'textDocument/rename', 0, 21, { newName = 'compile' })
check('rename', renamed ~= nil and vim.inspect(renamed):find('compile', 1, true) ~= nil, renamed)

local completed = ask(template, 'textDocument/completion', 4, 2) or {}
local labels = vim.tbl_map(function(one) return one.label end, completed.items or completed)
check('completion', vim.tbl_contains(labels, 'region'), #labels)

vim.api.nvim_set_current_buf(template)
vim.lsp.buf.format({ bufnr = template, timeout_ms = 20000 })
local lines = vim.api.nvim_buf_get_lines(template, 0, -1, false)
check('format', lines[4] == '  ami_name = "a"', lines)

vim.cmd(failed and 'cquit 1' or 'qall!')
