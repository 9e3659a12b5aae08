-- Runs a program of the proxy with what stands for Envoy's handle, and prints what it did, a line each:
--   luajit handle.lua PROGRAM FUNCTION SCENARIO, a table of Lua: headers, context, answer, body
local file, name, text = arg[1], arg[2], arg[3]
local scenario = assert(loadstring('return ' .. text))()

local function say(...) print(table.concat({ ... }, '\t')) end

-- As in Envoy, what the handle gave is of no use once the program has waited.
local waits = 0
local function scoped(object)
  local made = waits
  return setmetatable({}, {
    __index = function(_, key)
      assert(made == waits, 'object used outside of proper scope')
      return object[key]
    end,
    __pairs = object.pairs,
  })
end

-- This Lua knows no __pairs, Envoy's does.
local plain = pairs
function pairs(object)
  local meta = getmetatable(object)
  if meta and meta.__pairs then return meta.__pairs() end
  return plain(object)
end

local headers = scenario.headers
local iterating = 0
local function header_map()
  return scoped({
    get = function(_, key) return headers[key] end,
    remove = function(_, key)
      assert(iterating == 0, 'header map cannot be modified while iterating')
      headers[key] = nil
    end,
    replace = function(_, key, value)
      assert(iterating == 0, 'header map cannot be modified while iterating')
      headers[key] = value
    end,
    pairs = function()
      iterating = 1
      local key
      return function()
        key = next(headers, key)
        if key == nil then iterating = 0 end
        return key, headers[key]
      end
    end,
  })
end

local handle = {}
function handle:headers() return header_map() end
function handle:filterContext()
  return scoped({ get = function(_, key) return scenario.context[key] end })
end
function handle:httpCall(cluster, asked, body, options)
  say('call', cluster, asked[':method'], asked[':path'], asked[':authority'], tostring(body), options.timeout_ms)
  for key in plain(asked) do assert(key:sub(1, 1) == ':', 'a header of the client') end
  waits = waits + 1
  if scenario.fails then error(scenario.fails) end
  return scenario.answer
end
function handle:respond(answer) say('respond', answer[':status']) end
function handle:clearRouteCache() say('cleared') end
function handle:streamInfo()
  return {
    dynamicMetadata = function()
      return { set = function(_, filter, key, value) say('set', filter, key, value) end }
    end,
    drainConnectionUponCompletion = function() say('closes') end,
  }
end
function handle:bodyChunks()
  local chunks, at = scenario.body or {}, 0
  return function()
    at = at + 1
    return chunks[at] and { setBytes = function(_, bytes) chunks[at] = bytes end }
  end
end

assert(loadfile(file))()
local ran, message = pcall(_G[name], handle)
if not ran then say('error', message) end
for key, value in plain(headers) do say('header', key, value) end
for _, chunk in ipairs(scenario.body or {}) do say('body', chunk) end
