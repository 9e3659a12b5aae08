-- Runs at the entry for each GET of a blob. Of a layer, this node's Spegel is asked only where it is: the request then takes the direct
-- path to that peer. Where anything is not as expected, an error of this program among it, the request goes on to Spegel.

-- What a peer may see of a request. Envoy finds no route without the protocol.
local shown = {
  [':authority'] = true,
  [':method'] = true,
  [':path'] = true,
  [':scheme'] = true,
  ['x-forwarded-proto'] = true,
  accept = true,
  range = true,
}

-- Spegel answers a HEAD within 3 s, or it hangs.
local lookup = { timeout_ms = 4000, send_xff = false }

-- The host in HOST:PORT, if HOST is an IPv4 address or an IPv6 address in brackets.
local function host_in(address)
  local host, port = address:match('^([%d.]+):(%d+)$')
  if host then
    local parts = { host:match('^(%d+)%.(%d+)%.(%d+)%.(%d+)$') }
    if #parts ~= 4 then return nil end
    for _, part in ipairs(parts) do
      if #part > 3 or tonumber(part) > 255 then return nil end
    end
  else
    host, port = address:match('^%[(%x*:[%x:]*:%x*)%]:(%d+)$')
    if not host or #host > 39 then return nil end
  end
  if #port > 5 or tonumber(port) > 65535 then return nil end
  return host
end

-- The address after the marker that this pod's own egress has written; content that Spegel has here may look like one.
local function address_in(answer, marker)
  local kind = answer['content-type']
  if answer['oci-namespace'] or not kind or kind:sub(1, #marker) ~= marker then return nil end
  return kind:sub(#marker + 1)
end

local function hide(headers)
  local hidden = {}
  for name in pairs(headers) do
    if not shown[name] then hidden[#hidden + 1] = name end
  end
  for _, name in ipairs(hidden) do headers:remove(name) end
end

function envoy_on_request(handle)
  local context = handle:filterContext()
  local metadata, marker = context:get('metadata'), context:get('marker')
  local pod = os.getenv(context:get('variable'))
  local headers = handle:headers()
  local accept = headers:get('accept') or ''
  if not pod or pod == '' or not (accept:find('layer', 1, true) or accept:find('rootfs', 1, true)) then return end

  local answer = handle:httpCall(context:get('cluster'), {
    [':method'] = 'HEAD',
    [':path'] = headers:get(':path'),
    [':authority'] = headers:get(':authority'),
  }, nil, lookup)
  if answer[':status'] == '404' then
    -- A refusal of the proxy's says nothing at all; this is the answer of a registry.
    handle:respond({ [':status'] = '404', ['docker-distribution-api-version'] = 'registry/2.0' })
    return
  end
  if answer[':status'] ~= '200' then return end

  local address = address_in(answer, marker .. pod .. ';')
  local host = address and host_in(address)
  if not host then return end
  -- What the handle gave before the call is of no use after it.
  hide(handle:headers())
  local found = handle:streamInfo():dynamicMetadata()
  found:set(metadata, 'peer', host)
  found:set(metadata, 'address', address)
  handle:clearRouteCache()
end

-- What Spegel itself answers: a part of a layer in one stream, see peer-answer.lua.
function envoy_on_response(handle)
  local headers = handle:headers()
  if headers:get(':status') == '206' then headers:remove('content-length') end
end
