-- Opens a file with a mistake, waits for what is found, and lets the fix be made. Run by scripts/test-editors.

-- Debian 12 has Neovim 0.7, before `vim.lsp.start`: this is what it does.
vim.lsp.start = vim.lsp.start or function(config)
  local client = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, client)
  return client
end

local function check(condition, what)
  if not condition then
    error(what .. ': ' .. vim.inspect(vim.diagnostic.get(0)) .. vim.inspect(vim.api.nvim_buf_get_lines(0, 0, -1, false)), 0)
  end
end

local function wait(what, condition)
  check(vim.wait(20000, condition, 20), what)
end

local function run()
  vim.cmd('edit bad.yaml')
  wait('there is one finding', function() return #vim.diagnostic.get(0) == 1 end)
  local found = vim.diagnostic.get(0)[1]
  local place = { found.lnum, found.col, found.end_lnum, found.end_col }
  check(vim.deep_equal(place, { 3, 14, 3, 18 }), 'its place')
  check(found.severity == vim.diagnostic.severity.ERROR, 'its severity')
  check(found.source == 'delint', 'its source')
  check(found.code == 'user-notification-level', 'its rule')

  local offered = {}
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local title = options.format_item(item)
      table.insert(offered, title)
      if title:find('ERROR', 1, true) then
        return choose(item)
      end
    end
    choose(nil)
  end
  vim.api.nvim_win_set_cursor(0, { 4, 15 })
  vim.lsp.buf.code_action()
  wait('the fix is offered and made', function() return not vim.deep_equal(offered, {}) end)
  wait('the line is mended', function() return vim.fn.getline(4) == '    LogLevel: ERROR' end)
  wait('nothing is left to be found', function() return #vim.diagnostic.get(0) == 0 end)

  -- What is typed is checked, without being written.
  vim.fn.setline(4, '    LogLevel: INFO')
  wait('it is found again', function() return #vim.diagnostic.get(0) == 1 end)

  -- A configuration of delint is checked as it stands here: nothing of it is written.
  vim.cmd('hide edit .delint.yaml')
  vim.fn.setline(1, 'severty: {}')
  wait('a mistake in the configuration', function() return #vim.diagnostic.get(0) == 1 end)
  local told = vim.diagnostic.get(0)[1].message
  check(told:find('did you mean `severity`?', 1, true), 'what is told of it')
end

local good, problem = pcall(run)
if good then
  print('Neovim: a finding, its fix, a finding while typing, and a mistake in a configuration\n')
  vim.cmd('qall!')
else
  print('error: Neovim: ' .. problem .. '\n')
  vim.cmd('cquit! 1')
end
